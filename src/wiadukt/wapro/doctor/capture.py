"""The triggers must be there and switched on: an update of WAPRO drops foreign ones."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from wiadukt.wapro import install
from wiadukt.wapro.doctor.check import Finding
from wiadukt.wapro.settings import Settings


def check_capture(conn: Connection, settings: Settings) -> Iterator[Finding]:
    if settings.wapro_capture == "sweep":
        yield Finding(True, f"no triggers: everything is swept every {settings.wapro_sweep_s:g} s")
        return
    server = install.server(conn)
    expected, there = server.expected(), server.switched_on(conn)
    lacking = sorted({table for table, _ in expected - there})
    if lacking:
        yield Finding(False, f"capture is missing on {', '.join(lacking)}", "Run 'wiadukt connector install'.")
    yield Finding(True, f"{len(expected & there)} of {len(expected)} capture triggers are on")
