"""The triggers must be there and switched on: an update of WAPRO drops foreign ones."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from wiadukt.wapro.capture import triggers
from wiadukt.wapro.doctor.check import Finding
from wiadukt.wapro.settings import Settings


def check_capture(conn: Connection, settings: Settings) -> Iterator[Finding]:
    if settings.wapro_capture == "sweep":
        yield Finding(True, f"no triggers: everything is swept every {settings.wapro_sweep_s:g} s")
        return
    lacking = triggers.lacking(conn)
    if lacking:
        yield Finding(False, lacking, "Run 'wiadukt connector install'.")
    side = triggers.server(conn)
    expected = side.expected()
    yield Finding(True, f"{len(expected & side.switched_on(conn))} of {len(expected)} capture triggers are on")
