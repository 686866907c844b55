"""Rows in WAPRO that make trouble later: found before a customer finds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, column, func, select, table

from wiadukt.runtime import clock
from wiadukt.wapro import clarion
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.check import Finding
from wiadukt.wapro.flag import chosen
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean

# Columns that only the doctor looks at: capture must not take a card's lock for a change of it.
_locks = table("ZAMOWIENIE", column("NUMER"), column("SEMAFOR"), column("DATA"), schema="dbo")
_internet = table("ZAMOWIENIE", column("ZAMOWIENIE_INTERNETOWE"), column("DATA"), schema="dbo")
DAYS = 30


def check_health(conn: Connection, settings: Settings) -> Iterator[Finding]:
    yield from _orders(conn)
    yield from _customers(conn, settings)


def _orders(conn: Connection) -> Iterator[Finding]:
    today = clarion.of_moment(clock.now())
    in_edit = func.rtrim(func.coalesce(_locks.c.NUMER, "")).in_(t.IN_EDIT)
    locked = select(func.count()).select_from(_locks)
    stuck = locked.where(func.coalesce(_locks.c.SEMAFOR, 0) != 0, in_edit, _locks.c.DATA < today)
    yield _none_of(
        _count(conn, stuck),
        "orders without a number are locked since yesterday or longer",
        "Unlock them in WAPRO: RM_UsunBlokadeZamowienia.",
    )
    line = select(t.order_line.c.ID_POZYCJI_ZAMOWIENIA).where(
        t.order_line.c.ID_ZAMOWIENIA == t.order_map.c.id_zamowienia
    )
    empty = select(func.count()).select_from(t.order_map).where(~line.exists())
    yield _none_of(_count(conn, empty), "orders of the shop have no lines", "Look at them in WAPRO.")
    key = t.order.c.NR_ZAMOWIENIA_KLIENTA
    ours = select(key).where(key.in_(select(t.order_map.c.numer)))
    yield _none_of(
        _repeated(conn, ours.group_by(key, t.order.c.ID_MAGAZYNU)),
        "shop numbers stand on two orders",
        "One was made by hand or by another integration.",
    )
    internet = select(func.count()).select_from(_internet)
    recent = internet.where(_internet.c.ZAMOWIENIE_INTERNETOWE == 1, _internet.c.DATA >= today - DAYS)
    yield _none_of(
        _count(conn, recent),
        f"orders of {DAYS} days came from WAPRO's own internet modules",
        "Two integrations may make an order twice.",
        is_red=False,
    )


def _customers(conn: Connection, settings: Settings) -> Iterator[Finding]:
    customer = t.contractor.c
    in_shop = chosen(settings) & (customer.ID_FIRMY == settings.wapro_company_id)
    yield _none_of(
        _repeated(conn, select(customer.NIP).where(in_shop, customer.NIP != "").group_by(customer.NIP)),
        "tax ids stand on two contractors of the shop",
        "Each is a buyer of his own there: are they one?",
        is_red=False,
    )
    known = {clean(name) for name in conn.execute(select(t.payment_form.c.NAZWA)).scalars()}
    used = {clean(name) for name in conn.execute(select(customer.FORMA_PLATNOSCI).where(in_shop).distinct()).scalars()}
    unknown = sorted(used - known - {""})
    yield _none_of(
        len(unknown),
        f"payment forms of buyers are not in WAPRO's dictionary {unknown or ''}".strip(),
        "Choose one on the contractor's card.",
    )


def _repeated(conn: Connection, groups: Select[Any]) -> int:
    """How many of these groups have more than one row."""
    return _count(conn, select(func.count()).select_from(groups.having(func.count() > 1).subquery()))


def _count(conn: Connection, query: Select[Any]) -> int:
    return int(conn.execute(query).scalar_one())


def _none_of(count: int, what: str, remedy: str, *, is_red: bool = True) -> Finding:
    return Finding(not (count and is_red), f"{count} {what}", remedy if count else "")
