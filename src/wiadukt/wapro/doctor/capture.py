"""Capture must be there and switched on: an update of WAPRO drops foreign triggers, and tables that are tracked."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from wiadukt.contract.checkup import Finding
from wiadukt.wapro.capture import tracking, triggers
from wiadukt.wapro.capture.watched import TABLES
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.engine import allows_snapshots, is_sql_server
from wiadukt.wapro.settings import Settings


def check_capture(conn: Connection, settings: Settings) -> Iterator[Finding]:
    if settings.wapro_capture == "sweep":
        yield Finding(
            True,
            _("no triggers: everything is swept every {seconds} s", seconds=f"{settings.wapro_sweep_s:g}"),
        )
    elif settings.wapro_capture == "change_tracking":
        yield from _tracking(conn, settings)
    else:
        yield from _triggers(conn)


def _triggers(conn: Connection) -> Iterator[Finding]:
    lacking = triggers.uncaptured(conn)
    if lacking:
        what = _("capture is missing on {names}", names=", ".join(lacking))
        yield Finding(False, what, _("Run 'wiadukt connector install'."))
    outdated = triggers.outdated(conn)
    if outdated:
        what = _("triggers name columns that are gone, so the office can't save there: {names}", names=outdated)
        yield Finding(False, what, _("Run 'wiadukt connector upgrade'."))
    side = triggers.server(conn)
    expected = side.expected()
    yield Finding(
        True, _("{on} of {all} capture triggers are on", on=len(expected & side.switched_on(conn)), all=len(expected))
    )


def _tracking(conn: Connection, settings: Settings) -> Iterator[Finding]:
    without_key = tracking.without_key(conn)
    if without_key:
        what = _("{names} can't be tracked, having no primary key", names=", ".join(without_key))
        yield Finding(False, what, _("Set WAPRO_CAPTURE to triggers or sweep."))
    base = conn.execute(tracking.server(conn).BASE).first()
    install = _("Run 'wiadukt connector install --capture change_tracking'.")
    lacking = tracking.untracked(conn) if base is not None else []
    if base is None:
        yield Finding(False, _("change tracking is off for this base"), install)
    elif lacking:
        yield Finding(False, _("change tracking is off on {names}", names=", ".join(lacking)), install)
    if base is not None:
        kept, unit, is_cleaned = base
        advice = "" if is_cleaned else _("AUTO_CLEANUP is off: what is tracked grows without an end.")
        yield Finding(
            True,
            _(
                "change tracking is on for {n} tables, kept {kept} {unit}",
                n=len(TABLES),
                kept=kept,
                unit=str(unit).lower(),
            ),
            advice,
        )
    if is_sql_server(conn) and not allows_snapshots(conn.engine):
        yield Finding(
            True,
            _("changes are read without snapshots"),
            _("A long transaction of the office delays them: ALTER DATABASE ... SET ALLOW_SNAPSHOT_ISOLATION ON."),
        )
