"""Capture must be there and switched on: an update of WAPRO drops foreign triggers, and tables that are tracked."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from wiadukt.wapro.capture import tracking, triggers
from wiadukt.wapro.capture.watched import TABLES
from wiadukt.wapro.doctor.check import Finding
from wiadukt.wapro.engine import allows_snapshots, is_sql_server
from wiadukt.wapro.settings import Settings

_INSTALL = "Run 'wiadukt connector install{}'."


def check_capture(conn: Connection, settings: Settings) -> Iterator[Finding]:
    if settings.wapro_capture == "sweep":
        yield Finding(True, f"no triggers: everything is swept every {settings.wapro_sweep_s:g} s")
    elif settings.wapro_capture == "change_tracking":
        yield from _tracking(conn, settings)
    else:
        yield from _triggers(conn)


def _triggers(conn: Connection) -> Iterator[Finding]:
    lacking = triggers.lacking(conn)
    if lacking:
        yield Finding(False, lacking, _INSTALL.format(""))
    side = triggers.server(conn)
    expected = side.expected()
    yield Finding(True, f"{len(expected & side.switched_on(conn))} of {len(expected)} capture triggers are on")


def _tracking(conn: Connection, settings: Settings) -> Iterator[Finding]:
    without_key = tracking.without_key(conn)
    if without_key:
        what = f"{', '.join(without_key)} can't be tracked, having no primary key"
        yield Finding(False, what, "Set WAPRO_CAPTURE to triggers or sweep.")
    base = conn.execute(tracking.server(conn).BASE).first()
    lacking = "change tracking is off for this base" if base is None else tracking.lacking(conn)
    if lacking:
        yield Finding(False, lacking, _INSTALL.format(" --capture change_tracking"))
    if base is not None:
        kept, unit, is_cleaned = base
        advice = "" if is_cleaned else "AUTO_CLEANUP is off: what is tracked grows without an end."
        yield Finding(True, f"change tracking is on for {len(TABLES)} tables, kept {kept} {str(unit).lower()}", advice)
    if is_sql_server(conn) and not allows_snapshots(conn.engine):
        yield Finding(
            True,
            "changes are read without snapshots",
            "A long transaction of the office delays them: ALTER DATABASE ... SET ALLOW_SNAPSHOT_ISOLATION ON.",
        )
