"""Which program and base this is: what differs between versions is found by the other checks."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from wiadukt.contract.checkup import Finding
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean


def check_version(conn: Connection, settings: Settings) -> Iterator[Finding]:
    versions = conn.execute(select(t.version)).mappings().all()
    for row in versions:
        yield Finding(
            True,
            _(
                "{program} {version}, base {base}",
                program=clean(row["PRGNAZWA"]),
                version=clean(row["PRGWER"]),
                base=row["DBWER"],
            ),
        )
    if not versions:
        yield Finding(False, _("WAPRODBSTATE is empty"), _("Is this the base of a WAPRO Mag company?"))
