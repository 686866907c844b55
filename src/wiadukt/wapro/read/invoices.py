"""Trade documents with their lines, their orders and what was paid."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, column, func, literal, select, table
from sqlalchemy.sql.elements import ColumnElement

from wiadukt.contract.base import CustomerId, InvoiceId, OrderId, OrderLineId, ProductId
from wiadukt.contract.fetch import Fetched
from wiadukt.contract.invoice import Invoice, InvoiceKind, InvoiceLine
from wiadukt.wapro import tables as t
from wiadukt.wapro.clarion import required, to_date
from wiadukt.wapro.read.batch import Row, Rows, built, by, money, numeric, present, rows
from wiadukt.wapro.read.settlements import BASE_CURRENCY, currency_of, payment, read_parts, settled
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean


def read_invoices(conn: Connection, ids: Sequence[str], settings: Settings) -> Fetched[Invoice]:
    """Documents of the configured kinds; receipts, other kinds and those still in edit are missing.

    Debt belongs to the payer. Amounts are in the document's currency. A line belongs to the invoice named on it, else
    to the invoice of its warehouse document; its order is that of the order line named on it, or of an advance, or of
    the line that it corrects.
    Source: docs/wapro.md, invoices and settlements.
    """
    wanted = numeric(ids)
    found = {
        str(row["ID_DOKUMENTU_HANDLOWEGO"]): row
        for row in _headers(conn, wanted, settings)
        if clean(row["SYGNATURA"]) in settings.invoice_kinds and clean(row["NUMER"]) not in t.IN_EDIT
    }
    lines = by(_lines(conn, wanted), "invoice_id")
    parts = by(read_parts(conn, wanted), "document_id")
    return built(conn, ids, found, lambda key: _invoice(found[key], lines[key], parts[key], settings))


def _headers(conn: Connection, wanted: list[int], settings: Settings) -> Rows:
    document, types = t.trade_document, t.trade_document_type
    return rows(
        conn,
        select(
            document,
            types.c.SYGNATURA,
            t.bank_account.c.NUMER_RACHUNKU,
            _column(settings.wapro_ksef_number_column).label("ksef_number"),
            _column(settings.wapro_ksef_url_column).label("ksef_url"),
        )
        .join(types, types.c.ID_TYPU == document.c.ID_TYPU)
        .outerjoin(t.bank_account, t.bank_account.c.ID_RACHUNKU == document.c.ID_RACHUNKU)
        .where(
            document.c.ID_DOKUMENTU_HANDLOWEGO.in_(wanted),
            document.c.ID_FIRMY == settings.wapro_company_id,
        ),
    )


def _column(name: str) -> ColumnElement[Any]:
    """A column of the document that only some bases have, as a setting names it."""
    if not name:
        return literal("")
    document = t.trade_document
    other = table(document.name, column("ID_DOKUMENTU_HANDLOWEGO"), column(name), schema="dbo").alias("ksef")
    by_id = other.c.ID_DOKUMENTU_HANDLOWEGO == document.c.ID_DOKUMENTU_HANDLOWEGO
    return select(other.c[name]).where(by_id).scalar_subquery()


def _none_if_zero(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """0 and NULL both mean none in WAPRO."""
    return func.nullif(value, 0)


def _lines(conn: Connection, wanted: list[int]) -> Rows:
    line, document, order_line = t.document_line, t.warehouse_document, t.order_line
    corrected, its_document = line.alias("korygowana"), document.alias("korygowany")
    invoice_id = func.coalesce(_none_if_zero(line.c.ID_DOK_HANDLOWEGO), document.c.ID_DOKUMENTU_HANDLOWEGO)
    corrected_id = func.coalesce(_none_if_zero(line.c.ID_POZ_ORYGINALNEJ), _none_if_zero(line.c.ID_POZ_KORYGOWANEJ))
    order_line_id = func.coalesce(
        _none_if_zero(line.c.ID_POZ_ZAM),
        _none_if_zero(line.c.ID_POZ_ZAM_ZAL),
        _none_if_zero(corrected.c.ID_POZ_ZAM),
        _none_if_zero(corrected.c.ID_POZ_ZAM_ZAL),
    )
    return rows(
        conn,
        select(
            line,
            invoice_id.label("invoice_id"),
            func.coalesce(_none_if_zero(corrected.c.ID_DOK_HANDLOWEGO), its_document.c.ID_DOKUMENTU_HANDLOWEGO).label(
                "corrected_invoice"
            ),
            t.article.c.INDEKS_KATALOGOWY,
            t.article.c.NAZWA,
            t.article.c.NAZWA_CALA,
            order_line.c.ID_POZYCJI_ZAMOWIENIA,
            order_line.c.ID_ZAMOWIENIA,
        )
        .outerjoin(document, document.c.ID_DOK_MAGAZYNOWEGO == line.c.ID_DOK_MAGAZYNOWEGO)
        .outerjoin(t.article, t.article.c.ID_ARTYKULU == line.c.ID_ARTYKULU)
        .outerjoin(corrected, corrected.c.ID_POZ_DOK_MAG == corrected_id)
        .outerjoin(its_document, its_document.c.ID_DOK_MAGAZYNOWEGO == corrected.c.ID_DOK_MAGAZYNOWEGO)
        .outerjoin(order_line, order_line.c.ID_POZYCJI_ZAMOWIENIA == order_line_id)
        .where(
            line.c.ID_DOK_HANDLOWEGO.in_(wanted)
            | ((func.coalesce(line.c.ID_DOK_HANDLOWEGO, 0) == 0) & document.c.ID_DOKUMENTU_HANDLOWEGO.in_(wanted))
        )
        .order_by(line.c.ID_POZ_DOK_MAG),
    )


def _invoice(row: Row, lines: Rows, parts: Rows, settings: Settings) -> Invoice:
    currency = currency_of(row["SYM_WAL"])
    is_foreign = currency != BASE_CURRENCY
    of = "_WAL" if is_foreign else ""
    gross = money(row[f"WARTOSC_BRUTTO{of}"])
    paid, remaining = settled(gross, money(row[f"RAZEM_ZAPLACONO{of}"]), money(row[f"POZOSTALO{of}"]))
    kinds = settings.payment_kinds
    return Invoice(
        id=InvoiceId(str(row["ID_DOKUMENTU_HANDLOWEGO"])),
        number=clean(row["NUMER"]),
        kind=InvoiceKind(settings.invoice_kinds[clean(row["SYGNATURA"])]),
        corrects_id=InvoiceId(str(row["ID_DOK_ORYGINALNEGO"]))
        if row["DOK_KOREKTY"] and row["ID_DOK_ORYGINALNEGO"]
        else None,
        corrects=_corrected(lines),
        customer_id=CustomerId(str(row["ID_KONTRAHENTA"])),
        payer_id=CustomerId(str(row["ID_PLATNIKA"] or row["ID_KONTRAHENTA"])),
        issued_on=required(row["DATA_WYSTAWIENIA"], "DATA_WYSTAWIENIA"),
        sold_on=to_date(row["DATA_SPRZEDAZY"]),
        due_on=required(row["TERMIN_PLAT"], "TERMIN_PLAT"),
        total_net=money(row[f"WARTOSC_NETTO{of}"]),
        total_gross=gross,
        paid=paid,
        remaining=remaining,
        currency=currency,
        payment_form=clean(row["FORMA_PLATNOSCI"]),
        account=clean(row["NUMER_RACHUNKU"]),
        interest=money(row["SUMA_ODSETEK"]),
        ksef_number=clean(row["ksef_number"]),
        ksef_url=clean(row["ksef_url"]),
        lines=tuple(_line(line, of) for line in lines),
        payments=tuple(payment(part, sign=gross, is_foreign=is_foreign, kinds=kinds) for part in parts),
    )


def _corrected(lines: Rows) -> tuple[InvoiceId, ...]:
    """The invoices of the lines that these correct: a collective correction has several."""
    found = {int(line["corrected_invoice"]) for line in lines if line["corrected_invoice"]}
    return tuple(InvoiceId(str(one)) for one in sorted(found))


def _line(row: Row, of: str) -> InvoiceLine:
    net, gross = Decimal(row[f"CENA_NETTO{of}"] or 0), Decimal(row[f"CENA_BRUTTO{of}"] or 0)
    return InvoiceLine(
        id=str(row["ID_POZ_DOK_MAG"]),
        product_id=ProductId(present(row, "INDEKS_KATALOGOWY", f"article {row['ID_ARTYKULU']}")),
        name=clean(row["NAZWA_CALA"]) or clean(row["NAZWA"]),
        unit=clean(row["JEDNOSTKA"]),
        quantity=row["ILOSC"],
        net=money(row["ILOSC"] * net),
        gross=money(row["ILOSC"] * gross),
        vat_code=clean(row["KOD_VAT"]),
        order_id=OrderId(str(row["ID_ZAMOWIENIA"])) if row["ID_ZAMOWIENIA"] else None,
        order_line_id=OrderLineId(str(row["ID_POZYCJI_ZAMOWIENIA"])) if row["ID_ZAMOWIENIA"] else None,
    )
