"""Lines of trade documents, and the order's line that each one names.

WAPRO keeps lines of warehouse documents and of trade documents in one table: a line belongs to the invoice named on it,
else to the invoice of its warehouse document. Source: docs/wapro.md, invoices and settlements.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from wiadukt.wapro import tables as t
from wiadukt.wapro.among import portions
from wiadukt.wapro.read.batch import Row, Rows, rows

_line, _document = t.document_line, t.warehouse_document


def none_if_zero(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """0 and NULL both mean none in WAPRO."""
    return func.nullif(value, 0)


INVOICE = func.coalesce(none_if_zero(_line.c.ID_DOK_HANDLOWEGO), _document.c.ID_DOKUMENTU_HANDLOWEGO).label(
    "invoice_id"
)
"""The document of a line, where `warehouse_document` is joined."""


def order_line_of(row: Row) -> int:
    """The order's line that this line delivers, or that it pays in advance; 0 for none."""
    return int(row["ID_POZ_ZAM"] or row["ID_POZ_ZAM_ZAL"] or 0)


def read_lines(conn: Connection, wanted: list[int]) -> Rows:
    """All lines of these documents (`invoice_id`) with their goods."""
    article = t.article.c
    return rows(
        conn,
        select(_line, INVOICE, article.INDEKS_KATALOGOWY, article.NAZWA, article.NAZWA_CALA)
        .outerjoin(_document, _document.c.ID_DOK_MAGAZYNOWEGO == _line.c.ID_DOK_MAGAZYNOWEGO)
        .outerjoin(t.article, article.ID_ARTYKULU == _line.c.ID_ARTYKULU)
        .where(
            or_(
                _line.c.ID_DOK_HANDLOWEGO.in_(wanted),
                (func.coalesce(_line.c.ID_DOK_HANDLOWEGO, 0) == 0) & _document.c.ID_DOKUMENTU_HANDLOWEGO.in_(wanted),
            )
        )
        .order_by(_line.c.ID_POZ_DOK_MAG),
    )


def read_some_lines(conn: Connection, ids: Iterable[int]) -> list[Row]:
    """These lines themselves, with the document of each (`invoice_id`)."""
    found: list[Row] = []
    for some in portions(ids):
        query = select(_line, INVOICE).outerjoin(
            _document, _document.c.ID_DOK_MAGAZYNOWEGO == _line.c.ID_DOK_MAGAZYNOWEGO
        )
        found += rows(conn, query.where(_line.c.ID_POZ_DOK_MAG.in_(some)))
    return found


def read_orders_of_lines(conn: Connection, order_lines: Iterable[int]) -> dict[int, int]:
    """The order of each of these order lines; one that is gone is not in it."""
    own = t.order_line.c
    found: dict[int, int] = {}
    for some in portions(order_lines):
        query = select(own.ID_POZYCJI_ZAMOWIENIA, own.ID_ZAMOWIENIA).where(own.ID_POZYCJI_ZAMOWIENIA.in_(some))
        found |= {int(row["ID_POZYCJI_ZAMOWIENIA"]): int(row["ID_ZAMOWIENIA"] or 0) for row in rows(conn, query)}
    return found
