"""The triggers must be there and switched on: an update of WAPRO drops foreign ones."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from wiadukt.wapro.doctor.check import Finding
from wiadukt.wapro.settings import Settings

EXPECTED = 43
_COUNT = text("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'wiadukt\\_%' AND tgenabled <> 'D'")


def check_capture(conn: Connection, settings: Settings) -> Iterator[Finding]:
    found = conn.execute(_COUNT).scalar_one()
    ok = found == EXPECTED
    yield Finding(ok, f"{found} of {EXPECTED} capture triggers", "" if ok else "Run 'wiadukt connector install'.")
