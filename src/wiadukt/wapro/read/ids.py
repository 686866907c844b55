"""The ids of everything the shop should have, in pages."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from wiadukt.contract.base import Kind
from wiadukt.contract.errors import Refused
from wiadukt.contract.fetch import IdPage
from wiadukt.wapro import tables as t
from wiadukt.wapro.flag import chosen, sold
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import is_id


def read_ids(conn: Connection, kind: Kind, settings: Settings, *, after: str, limit: int) -> IdPage:
    """A page of ids in the order of their column; `after` is the last id of the page before, or empty.

    Raises Refused for an `after` that is no id of this kind.
    """
    column, query = _query(kind, settings)
    if after:
        if kind is not Kind.PRODUCT and not is_id(after):
            raise Refused(
                "not_an_id", f"'{after}' nie jest identyfikatorem.", remedy="Podaj next_after strony.", field="after"
            )
        query = query.where(column > (after if kind is Kind.PRODUCT else int(after)))
    # One more than asked for tells whether another page follows.
    found = conn.execute(query.distinct().order_by(column).limit(limit + 1)).scalars().all()
    ids = tuple(str(value) for value in found[:limit])
    return IdPage(ids=ids, next_after=ids[-1] if len(found) > limit else None)


def read_all_ids(conn: Connection, kind: Kind, settings: Settings) -> list[str]:
    """The ids of everything of this kind that the shop should have."""
    column, query = _query(kind, settings)
    return [str(value) for value in conn.execute(query.distinct().order_by(column)).scalars()]


def _query(kind: Kind, settings: Settings) -> tuple[Any, Select[Any]]:
    if kind is Kind.PRODUCT:
        column = t.article.c.INDEKS_KATALOGOWY
        return column, select(column).where(sold(settings), t.article.c.ID_MAGAZYNU.in_(settings.warehouses))
    company = settings.wapro_company_id
    buyers = _buyers(settings)
    if kind is Kind.CUSTOMER:
        return t.contractor.c.ID_KONTRAHENTA, buyers
    if kind is Kind.ORDER:
        return t.order.c.ID_ZAMOWIENIA, orders_of_shop(settings)
    document, types = t.trade_document, t.trade_document_type
    shown = select(types.c.ID_TYPU).where(func.rtrim(types.c.SYGNATURA).in_(list(settings.invoice_kinds)))
    column = document.c.ID_DOKUMENTU_HANDLOWEGO
    return column, select(column).where(
        document.c.ID_FIRMY == company,
        or_(document.c.ID_PLATNIKA.in_(buyers), document.c.ID_KONTRAHENTA.in_(buyers)),
        document.c.ID_TYPU.in_(shown),
        func.rtrim(document.c.NUMER).not_in(t.IN_EDIT),
    )


def _buyers(settings: Settings) -> Select[Any]:
    company = settings.wapro_company_id
    return select(t.contractor.c.ID_KONTRAHENTA).where(t.contractor.c.ID_FIRMY == company, chosen(settings))


def orders_of_shop(settings: Settings) -> Select[Any]:
    """The ids of the orders that the shop should have."""
    order = t.order
    return select(order.c.ID_ZAMOWIENIA).where(
        order.c.TYP == t.FROM_CUSTOMER,
        order.c.ID_FIRMY == settings.wapro_company_id,
        order.c.ID_KONTRAHENTA.in_(_buyers(settings)),
        func.rtrim(order.c.NUMER).not_in(t.IN_EDIT),
    )
