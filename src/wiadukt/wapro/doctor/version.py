"""Which program and base this is: what differs between versions is found by the other checks."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.check import Finding
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean


def check_version(conn: Connection, settings: Settings) -> Iterator[Finding]:
    versions = conn.execute(select(t.version)).mappings().all()
    for row in versions:
        yield Finding(True, f"{clean(row['PRGNAZWA'])} {clean(row['PRGWER'])}, base {row['DBWER']}")
    if not versions:
        yield Finding(False, "WAPRODBSTATE is empty", "Is this the base of a WAPRO Mag company?")
