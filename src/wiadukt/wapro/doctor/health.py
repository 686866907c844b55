"""Rows in WAPRO that make trouble later: found before a customer finds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, column, func, select, table

from wiadukt.runtime import clock
from wiadukt.wapro import clarion
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.check import Finding
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean

# Columns that only the doctor looks at: capture must not take a card's lock for a change of it.
_locks = table("ZAMOWIENIE", column("NUMER"), column("SEMAFOR"), column("DATA"), schema="dbo")
_internet = table("ZAMOWIENIE", column("ZAMOWIENIE_INTERNETOWE"), column("DATA"), schema="dbo")
DAYS = 30


def check_health(conn: Connection, settings: Settings) -> Iterator[Finding]:
    today = clarion.of_moment(clock.now())
    stuck = _count(
        conn,
        select(func.count())
        .select_from(_locks)
        .where(
            func.coalesce(_locks.c.SEMAFOR, 0) != 0,
            func.rtrim(func.coalesce(_locks.c.NUMER, "")).in_(t.IN_EDIT),
            _locks.c.DATA < today,
        ),
    )
    yield _none_of(
        stuck,
        "orders without a number are locked since yesterday or longer",
        "Unlock them in WAPRO: RM_UsunBlokadeZamowienia.",
    )
    empty = select(func.count()).where(
        ~select(t.order_line.c.ID_POZYCJI_ZAMOWIENIA)
        .where(t.order_line.c.ID_ZAMOWIENIA == t.order_map.c.id_zamowienia)
        .exists()
    )
    yield _none_of(
        _count(conn, empty.select_from(t.order_map)), "orders of the shop have no lines", "Look at them in WAPRO."
    )
    key = t.order.c.NR_ZAMOWIENIA_KLIENTA
    twice = (
        select(key)
        .where(key.in_(select(t.order_map.c.numer)))
        .group_by(key, t.order.c.ID_MAGAZYNU)
        .having(func.count() > 1)
    )
    yield _none_of(
        _count(conn, select(func.count()).select_from(twice.subquery())),
        "shop numbers stand on two orders",
        "One was made by hand or by another integration.",
    )
    nip = t.contractor.c.NIP
    same = (
        select(nip)
        .where(t.contractor.c.DOSTEPNY_W_B2B == 1, t.contractor.c.ID_FIRMY == settings.wapro_company_id, nip != "")
        .group_by(nip)
        .having(func.count() > 1)
    )
    yield _none_of(
        _count(conn, select(func.count()).select_from(same.subquery())),
        "tax ids stand on two contractors of the shop",
        "Each is a buyer of his own there: are they one?",
        is_red=False,
    )
    forms = {clean(name) for name in conn.execute(select(t.payment_form.c.NAZWA)).scalars()}
    used = select(t.contractor.c.FORMA_PLATNOSCI).where(t.contractor.c.DOSTEPNY_W_B2B == 1).distinct()
    unknown = sorted({clean(name) for name in conn.execute(used).scalars()} - forms - {""})
    yield _none_of(
        len(unknown),
        f"payment forms of buyers are not in WAPRO's dictionary {unknown or ''}".strip(),
        "Choose one on the contractor's card.",
    )
    internet = _count(
        conn,
        select(func.count())
        .select_from(_internet)
        .where(_internet.c.ZAMOWIENIE_INTERNETOWE == 1, _internet.c.DATA >= today - DAYS),
    )
    yield _none_of(
        internet,
        f"orders of {DAYS} days came from WAPRO's own internet modules",
        "Two integrations may make an order twice.",
        is_red=False,
    )


def _count(conn: Connection, query: Select[Any]) -> int:
    return int(conn.execute(query).scalar_one())


def _none_of(count: int, what: str, remedy: str, *, is_red: bool = True) -> Finding:
    return Finding(not (count and is_red), f"{count} {what}", remedy if count else "")
