"""Orders that nobody can go on with: left locked, or without lines."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, column, func, select, table

from wiadukt.contract.checkup import Finding
from wiadukt.runtime import clock
from wiadukt.wapro import clarion
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.counting import count, none_of
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.settings import Settings

# Columns that only the doctor looks at: capture must not take a card's lock for a change of it.
_locks = table("ZAMOWIENIE", column("NUMER"), column("SEMAFOR"), column("DATA"), schema="dbo")


def check_locked_orders(conn: Connection, settings: Settings) -> Iterator[Finding]:
    today = clarion.of_moment(clock.now())
    in_edit = func.rtrim(func.coalesce(_locks.c.NUMER, "")).in_(t.IN_EDIT)
    locked = select(func.count()).select_from(_locks)
    stuck = locked.where(func.coalesce(_locks.c.SEMAFOR, 0) != 0, in_edit, _locks.c.DATA < today)
    yield none_of(
        count(conn, stuck),
        _("orders without a number are locked since yesterday or longer"),
        _("Unlock them in WAPRO: RM_UsunBlokadeZamowienia."),
    )
    line = select(t.order_line.c.ID_POZYCJI_ZAMOWIENIA).where(
        t.order_line.c.ID_ZAMOWIENIA == t.order_map.c.id_zamowienia
    )
    empty = select(func.count()).select_from(t.order_map).where(~line.exists())
    yield none_of(count(conn, empty), _("orders of the shop have no lines"), _("Look at them in WAPRO."))
