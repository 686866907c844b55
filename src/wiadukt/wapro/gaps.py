"""Times when capture was away, kept in our room of WAPRO's base, so that no restart forgets one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, text

_OPEN = text("INSERT INTO wiadukt.luka DEFAULT VALUES ON CONFLICT DO NOTHING")
_CLOSE = text("UPDATE wiadukt.luka SET zakonczono = now() WHERE zakonczono IS NULL")
_LAST = text("SELECT max(zakonczono) FROM wiadukt.luka")
_THERE = text("SELECT to_regclass('wiadukt.luka') IS NOT NULL")


def can_be_noted(conn: Connection) -> bool:
    """Whether our schema is there at all."""
    return bool(conn.execute(_THERE).scalar_one())


def begin(conn: Connection) -> None:
    """Capture is away. One gap at a time: noting it again changes nothing."""
    conn.execute(_OPEN)


def end(conn: Connection) -> bool:
    """Capture is back: closes the gap that was open; False when none was."""
    return conn.execute(_CLOSE).rowcount > 0


def last_ended_at(conn: Connection) -> datetime | None:
    moment: datetime | None = conn.execute(_LAST).scalar_one()
    return moment
