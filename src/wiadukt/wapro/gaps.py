"""Times when capture was away, kept in our room of WAPRO's base, so that no restart forgets one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from wiadukt.wapro import tables as t
from wiadukt.wapro.engine import columns_there, hold
from wiadukt.wapro.moments import now


def can_be_noted(conn: Connection) -> bool:
    """Whether our schema is there at all."""
    return bool(columns_there(conn, t.gap))


def begin(conn: Connection) -> None:
    """Capture is away. One gap at a time: noting it again changes nothing."""
    hold(conn, "luka")
    is_open = conn.execute(select(t.gap.c.id).where(t.gap.c.zakonczono.is_(None))).first()
    if is_open is None:
        conn.execute(insert(t.gap).values(zauwazono=now()))


def end(conn: Connection) -> bool:
    """Capture is back: closes the gap that was open; False when none was."""
    closed = conn.execute(update(t.gap).where(t.gap.c.zakonczono.is_(None)).values(zakonczono=now()))
    return closed.rowcount > 0


def last_ended_at(conn: Connection) -> datetime | None:
    moment: datetime | None = conn.execute(select(func.max(t.gap.c.zakonczono))).scalar_one()
    return moment
