"""How this base's final invoices take off what advance invoices charged: what the doctor tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, func, select

from wiadukt.contract.invoice import InvoiceKind
from wiadukt.contract.money import BASE_CURRENCY
from wiadukt.wapro import tables as t
from wiadukt.wapro.read.advances import Shape, figures_of, hints_of, read_charged, shape_of
from wiadukt.wapro.read.batch import Row, Rows, by, money, rows
from wiadukt.wapro.read.document_lines import read_lines
from wiadukt.wapro.read.settlements import amounts_of, currency_of, read_parts
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean


@dataclass(frozen=True)
class FinalInvoice:
    """One that advance invoices were charged before."""

    number: str
    shape: Shape


def read_final_invoices(conn: Connection, settings: Settings, most: int) -> list[FinalInvoice]:
    """The newest final invoices of the company whose chain of advance invoices is in the base."""
    found = _headers(conn, settings, most)
    wanted = [int(row["ID_DOKUMENTU_HANDLOWEGO"]) for row in found]
    charged = read_charged(conn, found, settings.advance_signs)
    lines, parts = by(read_lines(conn, wanted), "invoice_id"), by(read_parts(conn, wanted), "document_id")
    final = []
    for row in found:
        key, advances = str(row["ID_DOKUMENTU_HANDLOWEGO"]), charged.get(int(row["ID_FZAL_ORG"]), [])
        if advances:
            final.append(FinalInvoice(clean(row["NUMER"]), _shape(row, advances, lines[key], parts[key])))
    return final


def _headers(conn: Connection, settings: Settings, most: int) -> Rows:
    document, types = t.trade_document, t.trade_document_type
    sales = [sign for sign, kind in settings.invoice_kinds.items() if kind == InvoiceKind.SALE]
    query = (
        select(document)
        .join(types, types.c.ID_TYPU == document.c.ID_TYPU)
        .where(
            document.c.ID_FIRMY == settings.wapro_company_id,
            func.rtrim(types.c.SYGNATURA).in_(sales),
            document.c.ID_FZAL_ORG != 0,
        )
        .order_by(document.c.ID_DOKUMENTU_HANDLOWEGO.desc())
        .limit(most)
    )
    return [row for row in rows(conn, query) if clean(row["NUMER"]) not in t.IN_EDIT]


def _shape(row: Row, advances: Rows, lines: Iterable[Row], parts: Rows) -> Shape:
    of = "" if currency_of(row["SYM_WAL"]) == BASE_CURRENCY else "_WAL"
    figures = figures_of(row, of)
    amounts = amounts_of(parts, gross=figures.gross, paid=figures.paid, is_foreign=bool(of))
    worth = sum((money(line["ILOSC"] * (line[f"CENA_BRUTTO{of}"] or 0)) for line in lines), Decimal(0))
    return shape_of(figures, hints_of(row, advances, zip(parts, amounts, strict=True), of=of, worth=worth))
