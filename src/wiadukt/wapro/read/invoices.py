"""Trade documents with their lines, their orders and what was paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, column, literal, select, table
from sqlalchemy.sql.elements import ColumnElement

from wiadukt.contract.base import CustomerId, InvoiceId, OrderId, OrderLineId, ProductId
from wiadukt.contract.fetch import Fetched
from wiadukt.contract.invoice import Charged, Invoice, InvoiceKind, InvoiceLine, Payment
from wiadukt.contract.money import BASE_CURRENCY
from wiadukt.wapro import tables as t
from wiadukt.wapro.clarion import required, to_date
from wiadukt.wapro.read.advances import (
    Figures,
    charged_by_order,
    figures_of,
    hints_of,
    in_base,
    is_of_advance,
    read_charged,
    read_weights,
    without_advance,
)
from wiadukt.wapro.read.batch import Row, Rows, built, by, money, numeric, present, rows
from wiadukt.wapro.read.corrected import Origin, read_origins
from wiadukt.wapro.read.document_lines import read_lines
from wiadukt.wapro.read.settlements import (
    amounts_of,
    currency_of,
    interest_of,
    payment,
    read_debts,
    read_parts,
    settled,
)
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import clean


def read_invoices(conn: Connection, ids: Sequence[str], settings: Settings) -> Fetched[Invoice]:
    """Documents of the configured kinds; receipts, other kinds and those still in edit are missing.

    Debt belongs to the payer. Amounts are in the document's currency. A line belongs to the invoice named on it, else
    to the invoice of its warehouse document; its order is that of the order line named on it, or of an advance, or of
    what it corrects. Totals of a final invoice are without what advance invoices charged.
    Source: docs/wapro.md, invoices and settlements.
    """
    wanted = numeric(ids)
    found = {
        str(row["ID_DOKUMENTU_HANDLOWEGO"]): row
        for row in _headers(conn, wanted, settings)
        if clean(row["SYGNATURA"]) in settings.invoice_kinds and clean(row["NUMER"]) not in t.IN_EDIT
    }
    lines = read_lines(conn, wanted)
    charged = read_charged(conn, found.values(), settings.advance_signs)
    about = _About(
        lines=by(lines, "invoice_id"),
        origins=read_origins(conn, lines, found),
        parts=by(read_parts(conn, wanted), "document_id"),
        debts=by(read_debts(conn, wanted), "ID_NAG_DOK_M"),
        charged=charged,
        weights=read_weights(conn, charged),
    )
    return built(conn, ids, found, lambda key: _invoice(found[key], about, settings))


@dataclass(frozen=True)
class _About:
    """What else was read, by the document's id; `origins` by the line's, `charged` and `weights` by the first advance
    invoice's."""

    lines: dict[str, list[Row]]
    origins: dict[int, Origin]
    parts: dict[str, list[Row]]
    debts: dict[str, list[Row]]
    charged: dict[int, list[Row]]
    weights: dict[int, dict[str, Decimal]]


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


def _invoice(row: Row, about: _About, settings: Settings) -> Invoice:
    key, currency = str(row["ID_DOKUMENTU_HANDLOWEGO"]), currency_of(row["SYM_WAL"])
    of = "" if currency == BASE_CURRENCY else "_WAL"
    lines = [_line(line, about.origins[int(line["ID_POZ_DOK_MAG"])], of) for line in about.lines[key]]
    figures, charged, payments = _money(
        row, about, settings, of=of, worth=sum((line.gross for line in lines), Decimal(0))
    )
    base_gross, base_remaining = in_base(row, figures) if of else (None, None)
    return Invoice(
        id=InvoiceId(key),
        number=clean(row["NUMER"]),
        kind=InvoiceKind(settings.invoice_kinds[clean(row["SYGNATURA"])]),
        corrects_id=InvoiceId(str(row["ID_DOK_ORYGINALNEGO"]))
        if row["DOK_KOREKTY"] and row["ID_DOK_ORYGINALNEGO"]
        else None,
        corrects=_corrected(about.lines[key], about.origins),
        customer_id=CustomerId(str(row["ID_KONTRAHENTA"])),
        payer_id=CustomerId(str(row["ID_PLATNIKA"] or row["ID_KONTRAHENTA"])),
        issued_on=required(row["DATA_WYSTAWIENIA"], "DATA_WYSTAWIENIA"),
        sold_on=to_date(row["DATA_SPRZEDAZY"]),
        due_on=required(row["TERMIN_PLAT"], "TERMIN_PLAT"),
        total_net=figures.net,
        total_gross=figures.gross,
        advance=figures.advance,
        paid=figures.paid,
        remaining=figures.remaining,
        currency=currency,
        base_gross=base_gross,
        base_remaining=base_remaining,
        payment_form=clean(row["FORMA_PLATNOSCI"]),
        account=clean(row["NUMER_RACHUNKU"]),
        interest=interest_of(row, about.debts[key]),
        ksef_number=clean(row["ksef_number"]),
        ksef_url=clean(row["ksef_url"]),
        lines=tuple(lines),
        charged=charged,
        payments=payments,
    )


def _money(
    row: Row, about: _About, settings: Settings, *, of: str, worth: Decimal
) -> tuple[Figures, tuple[Charged, ...], tuple[Payment, ...]]:
    """Totals, what was charged before, and part payments in the document's currency (`of`: the columns' ending)."""
    figures = figures_of(row, of)
    parts = about.parts[str(row["ID_DOKUMENTU_HANDLOWEGO"])]
    amounts = amounts_of(parts, gross=figures.gross, paid=figures.paid, is_foreign=bool(of))
    settled_by = list(zip(parts, amounts, strict=True))
    before: tuple[Charged, ...] = ()
    if settings.invoice_kinds[clean(row["SYGNATURA"])] == InvoiceKind.SALE:
        advances = about.charged.get(int(row["ID_FZAL_ORG"] or 0), [])
        hints = hints_of(row, advances, settled_by, of=of, worth=worth)
        figures = without_advance(figures, hints, settings.wapro_final_invoices)
        before = charged_by_order(figures, hints.charged_net, about.weights.get(int(row["ID_FZAL_ORG"] or 0), {}))
        if figures.advance:
            settled_by = [pair for pair in settled_by if not is_of_advance(pair[0], advances)]
    else:
        paid, remaining = settled(figures.gross, figures.paid, figures.remaining)
        figures = replace(figures, paid=paid, remaining=remaining)
    kinds = settings.payment_kinds
    return figures, before, tuple(payment(part, amount, kinds) for part, amount in settled_by)


def _corrected(lines: Rows, origins: dict[int, Origin]) -> tuple[InvoiceId, ...]:
    """The invoices of the lines that these correct: a collective correction has several."""
    found = {origins[int(line["ID_POZ_DOK_MAG"])].corrects for line in lines} - {0}
    return tuple(InvoiceId(str(one)) for one in sorted(found))


def _line(row: Row, origin: Origin, of: str) -> InvoiceLine:
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
        order_id=OrderId(str(origin.order)) if origin.order else None,
        order_line_id=OrderLineId(str(origin.order_line)) if origin.order_line else None,
    )
