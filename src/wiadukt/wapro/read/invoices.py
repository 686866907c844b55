"""Trade documents with their lines, their orders and what was paid."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from wiadukt.contract.base import CustomerId, InvoiceId, OrderId, OrderLineId, ProductId
from wiadukt.contract.fetch import Fetched
from wiadukt.contract.invoice import Invoice, InvoiceKind, InvoiceLine, Payment
from wiadukt.wapro import tables as t
from wiadukt.wapro.clarion import required, to_date
from wiadukt.wapro.read.batch import Row, Rows, built, by, money, numeric, present, rows
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean

TRADE_DOCUMENT = "h"


def read_invoices(conn: Connection, ids: Sequence[str], settings: Settings) -> Fetched[Invoice]:
    """Documents of the configured kinds; receipts, other kinds and those still in edit are missing.

    Debt belongs to the payer.

    A line belongs to the invoice named on it, else to the invoice of its warehouse document.
    Source: docs/wapro.md, invoices and settlements.
    """
    wanted = numeric(ids)
    headers = rows(
        conn,
        select(t.trade_document, t.trade_document_type.c.SYGNATURA)
        .join(t.trade_document_type, t.trade_document_type.c.ID_TYPU == t.trade_document.c.ID_TYPU)
        .where(
            t.trade_document.c.ID_DOKUMENTU_HANDLOWEGO.in_(wanted),
            t.trade_document.c.ID_FIRMY == settings.wapro_company_id,
        ),
    )
    kinds = settings.invoice_kinds
    found = {
        str(row["ID_DOKUMENTU_HANDLOWEGO"]): row
        for row in headers
        if clean(row["SYGNATURA"]) in kinds and clean(row["NUMER"]) not in t.IN_EDIT
    }
    lines = by(_lines(conn, wanted), "invoice_id")
    payments = by(_payments(conn, wanted), "ID_NAG_DOK_M")
    return built(conn, ids, found, lambda key: _invoice(found[key], lines[key], payments[key], kinds))


def _lines(conn: Connection, wanted: list[int]) -> Rows:
    line, document = t.document_line, t.warehouse_document
    invoice_id = func.coalesce(func.nullif(line.c.ID_DOK_HANDLOWEGO, 0), document.c.ID_DOKUMENTU_HANDLOWEGO)
    return rows(
        conn,
        select(
            line,
            invoice_id.label("invoice_id"),
            t.article.c.INDEKS_KATALOGOWY,
            t.article.c.NAZWA,
            t.article.c.NAZWA_CALA,
            t.order_line.c.ID_ZAMOWIENIA,
        )
        .outerjoin(document, document.c.ID_DOK_MAGAZYNOWEGO == line.c.ID_DOK_MAGAZYNOWEGO)
        .outerjoin(t.article, t.article.c.ID_ARTYKULU == line.c.ID_ARTYKULU)
        .outerjoin(t.order_line, (t.order_line.c.ID_POZYCJI_ZAMOWIENIA == line.c.ID_POZ_ZAM) & (line.c.ID_POZ_ZAM > 0))
        .where(
            line.c.ID_DOK_HANDLOWEGO.in_(wanted)
            # 0 and NULL both mean none in WAPRO.
            | ((func.coalesce(line.c.ID_DOK_HANDLOWEGO, 0) == 0) & document.c.ID_DOKUMENTU_HANDLOWEGO.in_(wanted))
        )
        .order_by(line.c.ID_POZ_DOK_MAG),
    )


def _payments(conn: Connection, wanted: list[int]) -> Rows:
    part, settlement = t.settled_part, t.settlement
    return rows(
        conn,
        select(part, settlement.c.ID_NAG_DOK_M)
        .join(settlement, settlement.c.ID_ROZRACHUNKU == part.c.ID_ROZRACHUNKU)
        .where(settlement.c.TYP_DOK == TRADE_DOCUMENT, settlement.c.ID_NAG_DOK_M.in_(wanted))
        .order_by(part.c.DATA_ROZLICZENIA, part.c.ID_ROZLICZENIA),
    )


def _invoice(row: Row, lines: Rows, payments: Rows, kinds: dict[str, str]) -> Invoice:
    return Invoice(
        id=InvoiceId(str(row["ID_DOKUMENTU_HANDLOWEGO"])),
        number=clean(row["NUMER"]),
        kind=InvoiceKind(kinds[clean(row["SYGNATURA"])]),
        corrects_id=InvoiceId(str(row["ID_DOK_ORYGINALNEGO"]))
        if row["DOK_KOREKTY"] and row["ID_DOK_ORYGINALNEGO"]
        else None,
        customer_id=CustomerId(str(row["ID_KONTRAHENTA"])),
        payer_id=CustomerId(str(row["ID_PLATNIKA"] or row["ID_KONTRAHENTA"])),
        issued_on=required(row["DATA_WYSTAWIENIA"], "DATA_WYSTAWIENIA"),
        sold_on=to_date(row["DATA_SPRZEDAZY"]),
        due_on=required(row["TERMIN_PLAT"], "TERMIN_PLAT"),
        total_net=money(row["WARTOSC_NETTO"]),
        total_gross=money(row["WARTOSC_BRUTTO"]),
        paid=money(row["RAZEM_ZAPLACONO"]),
        remaining=money(row["POZOSTALO"]),
        currency=clean(row["SYM_WAL"]) or "PLN",
        payment_form=clean(row["FORMA_PLATNOSCI"]),
        lines=tuple(_line(line) for line in lines),
        payments=tuple(
            Payment(
                id=str(part["ID_ROZLICZENIA"]),
                paid_on=required(part["DATA_ROZLICZENIA"], "DATA_ROZLICZENIA"),
                amount=abs(money(part["KWOTA"])),
            )
            for part in payments
        ),
    )


def _line(row: Row) -> InvoiceLine:
    return InvoiceLine(
        id=str(row["ID_POZ_DOK_MAG"]),
        product_id=ProductId(present(row, "INDEKS_KATALOGOWY", f"article {row['ID_ARTYKULU']}")),
        name=clean(row["NAZWA_CALA"]) or clean(row["NAZWA"]),
        unit=clean(row["JEDNOSTKA"]),
        quantity=row["ILOSC"],
        net=money(row["ILOSC"] * row["CENA_NETTO"]),
        gross=money(row["ILOSC"] * row["CENA_BRUTTO"]),
        vat_code=clean(row["KOD_VAT"]),
        order_id=OrderId(str(row["ID_ZAMOWIENIA"])) if row["ID_ZAMOWIENIA"] else None,
        order_line_id=OrderLineId(str(row["ID_POZ_ZAM"])) if row["ID_ZAMOWIENIA"] else None,
    )
