"""The procedures by which we write, with the parameters we name."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from wiadukt.wapro.doctor.check import Finding
from wiadukt.wapro.settings import Settings

NEEDED = (
    "RM_DodajZamowienie",
    "RM_DodajPozycjeZamowienia",
    "RM_SumujZamowienie",
    "RM_KontrolaCenPozycjiZamowienia",
    "JL_PobierzFormatNumeracji_Server",
    "RM_ZatwierdzZamowienie",
    "RM_UstawStanZamowien",
)


def check_procedures(conn: Connection, settings: Settings) -> Iterator[Finding]:
    query = text("SELECT routine_name FROM information_schema.routines WHERE routine_schema = 'dbo'")
    there = set(conn.execute(query).scalars())
    for name in NEEDED:
        yield Finding(
            name in there, f"procedure {name}", "" if name in there else "Orders can't be written without it."
        )
