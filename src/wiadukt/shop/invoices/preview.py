"""The preview of an invoice as PDF: what the shop knows of it, marked as no invoice."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from wiadukt.shop.invoices.pdf import MUTED, RED, Page, answer_of, content_of, day_text, sum_text
from wiadukt.shop.invoices.transfer import Transfer
from wiadukt.shop.quantities import said

NOTHING = Decimal(0)


def preview_pdf(invoice: Any, context: dict[str, Any], name: str) -> HttpResponse:
    """The reader's view; `context` as `invoice_context` gives it."""
    page = Page(invoice.number)
    _head(page, invoice, context["buyer"])
    _lines(page, invoice, context)
    _payments(page, invoice, context)
    for transfer in context["transfers"]:
        _transfer(page, transfer)
    _ksef(page, invoice)
    return answer_of(content_of(page), name)


def _head(page: Page, invoice: Any, buyer: Any) -> None:
    page.said(_("PREVIEW, not an invoice"), size=13, bold=True, color=RED)
    page.said(_("The document itself comes from the seller. This sheet shows what the shop knows of it."), color=MUTED)
    page.ln(3)
    page.said(f"{invoice.get_kind_display().capitalize()} {invoice.number}", size=17, bold=True)
    days = [(_("Issued"), invoice.issued_on), (_("Sold"), invoice.sold_on), (_("Due"), invoice.due_on)]
    dated = [f"{label}: {day_text(day)}" for label, day in days if day]
    page.said(" · ".join([*dated, *filter(None, [invoice.payment_form])]))
    page.ln(3)
    page.beside(_seller(), _company(_("Payer"), invoice.organisation))
    if buyer is not None:
        page.ln(2)
        page.beside([], _company(_("Buyer"), buyer))
    page.ln(4)


def _seller() -> list[str]:
    own = settings.ENVIRONMENT
    tax_id = f"NIP {own.shop_seller_tax_id}" if own.shop_seller_tax_id else ""
    return [_("Seller"), own.seller_name, *filter(None, [own.shop_seller_address, tax_id])]


def _company(label: str, company: Any) -> list[str]:
    city = f"{company.postal_code} {company.city}".strip()
    address = ", ".join(filter(None, [company.street, city]))
    tax_id = f"NIP {company.tax_id}" if company.tax_id else ""
    return [label, company.full_name or company.name, *filter(None, [address, tax_id])]


def _lines(page: Page, invoice: Any, context: dict[str, Any]) -> None:
    rows = [[_("Product"), _("Order"), _("Quantity"), _("Net"), _("VAT"), _("Gross")]]
    for line in context["lines"]:
        order = context["orders"].get(line.erp_order_id)
        quantity = said(line.quantity, line.unit)
        number = order.display_number if order else ""
        rows.append([line.name, number, quantity, sum_text(line.net), line.vat_code, sum_text(line.gross)])
    hidden, taken = context["hidden"], context["advance"]
    if taken:
        rows.append([_("Charged by advance invoices"), "", "", sum_text(taken.net), "", sum_text(taken.gross)])
    if hidden:
        rows.append([_("Other branches"), "", "", sum_text(hidden.net), "", sum_text(hidden.gross)])
    rows.append([_("In all"), "", "", sum_text(invoice.total_net), "", sum_text(invoice.total_gross)])
    page.rows(rows, (70, 30, 26, 24, 14, 26), "LLRRRR", sums=True)
    page.ln(3)
    rates = vat_by_rate(context["lines"])
    if not hidden and sum((net for _code, net, _gross in rates), NOTHING) == invoice.total_net:
        rows = [[_("VAT rate"), _("Net"), _("VAT"), _("Gross")]]
        rows += [[code, sum_text(net), sum_text(gross - net), sum_text(gross)] for code, net, gross in rates]
        page.rows(rows, (40, 50, 50, 50), "LRRR")
        page.ln(3)


def vat_by_rate(lines: Iterable[Any]) -> list[tuple[str, Decimal, Decimal]]:
    """VAT code, net and gross of the lines of each, by code."""
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for line in lines:
        net, gross = found.get(line.vat_code, (NOTHING, NOTHING))
        found[line.vat_code] = (net + line.net, gross + line.gross)
    return [(code, net, gross) for code, (net, gross) in sorted(found.items())]


def _payments(page: Page, invoice: Any, context: dict[str, Any]) -> None:
    rows = [[_("Payments"), "", sum_text(None)]]
    for one in context["payments"]:
        how = one.form if one.kind == "other" and one.form else one.get_kind_display()
        rows.append([day_text(one.paid_on), f"{how} {one.document}".strip(), sum_text(one.amount)])
    if context["untold"]:
        rows.append(["", _("settled otherwise"), sum_text(context["untold"])])
    if len(rows) > 1:
        page.rows(rows, (40, 100, 50), "LLR")
        page.ln(3)
    paid, left = sum_text(invoice.paid), sum_text(invoice.remaining)
    page.said(f"{_('Paid')}: {paid} · {_('To be paid')}: {left} {invoice.currency}", size=12, bold=True)
    page.ln(3)


def _transfer(page: Page, transfer: Transfer) -> None:
    facts = [
        f"{_('Recipient')}: {transfer.recipient}",
        f"{_('Account')}: {transfer.account_text or '–'}",
        f"{_('Amount')}: {sum_text(transfer.amount)} {transfer.currency}",
        f"{_('Title')}: {transfer.title}",
    ]
    if not transfer.code:
        page.said("\n".join(facts), size=9)
        page.ln(3)
        return
    if transfer.is_amount_typed:
        facts.append(_("The code has no amount: type it when you have scanned the code."))
    page.code(transfer.code, facts, error="l")


def _ksef(page: Page, invoice: Any) -> None:
    """The ministry wants the number by the code."""
    if not invoice.ksef_number:
        return
    if invoice.ksef_link:
        page.code(invoice.ksef_link, ["KSeF", invoice.ksef_number, _("Scan it to check the invoice in KSeF.")])
    else:
        page.said(f"KSeF: {invoice.ksef_number}", bold=True)
