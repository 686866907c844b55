"""The ids of everything the shop should have, in pages."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, func, select

from wiadukt.contract.base import Kind
from wiadukt.contract.fetch import IdPage
from wiadukt.wapro import tables as t
from wiadukt.wapro.read.orders import FROM_CUSTOMER, IN_EDIT
from wiadukt.wapro.settings import Settings


def read_ids(conn: Connection, kind: Kind, settings: Settings, *, after: str, limit: int) -> IdPage:
    """A page of ids in the order of their column; `after` is the last id of the page before, or empty."""
    column, query = _query(kind, settings)
    if after:
        query = query.where(column > (after if kind is Kind.PRODUCT else int(after)))
    ids = tuple(str(found) for found in conn.execute(query.distinct().order_by(column).limit(limit)).scalars())
    return IdPage(ids=ids, next_after=ids[-1] if len(ids) == limit else None)


def _query(kind: Kind, settings: Settings) -> tuple[Any, Select[Any]]:
    buyers = select(t.contractor.c.ID_KONTRAHENTA).where(
        t.contractor.c.ID_FIRMY == settings.wapro_company_id, t.contractor.c.DOSTEPNY_W_B2B == 1
    )
    if kind is Kind.CUSTOMER:
        return t.contractor.c.ID_KONTRAHENTA, buyers
    if kind is Kind.PRODUCT:
        column = t.article.c.INDEKS_KATALOGOWY
        return column, select(column).where(
            t.article.c.DOSTEPNY_W_SKLEPIE_INTER == 1, t.article.c.ID_MAGAZYNU.in_(settings.warehouses)
        )
    if kind is Kind.ORDER:
        column = t.order.c.ID_ZAMOWIENIA
        return column, select(column).where(
            t.order.c.TYP == FROM_CUSTOMER, t.order.c.ID_KONTRAHENTA.in_(buyers), t.order.c.NUMER.not_in(IN_EDIT)
        )
    column = t.trade_document.c.ID_DOKUMENTU_HANDLOWEGO
    types = select(t.trade_document_type.c.ID_TYPU).where(
        t.trade_document_type.c.SYGNATURA.in_(list(settings.invoice_kinds))
    )
    payer = func.coalesce(func.nullif(t.trade_document.c.ID_PLATNIKA, 0), t.trade_document.c.ID_KONTRAHENTA)
    return column, select(column).where(payer.in_(buyers), t.trade_document.c.ID_TYPU.in_(types))
