"""A statement of account and the preview of an invoice as PDF, made in Python alone (decision 14)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from importlib.resources import files
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.http import HttpResponse
from django.template.defaultfilters import date as date_text
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from wiadukt.shop.invoices.statement import Statement
from wiadukt.shop.quantities import said

INK, MUTED, RED = (22, 33, 31), (93, 106, 103), (180, 35, 24)
HEAD = FontFace(emphasis="BOLD", fill_color=(238, 236, 229))


class Page(FPDF):
    """A4 with a font that has Polish letters, and with who sells, the page and the moment at the foot."""

    def __init__(self, title: str) -> None:
        super().__init__(format="A4")
        for style, name in (("", "Lato-Regular"), ("B", "Lato-Bold")):
            self.add_font("lato", style, str(files("font_lato") / "files" / f"{name}.ttf"))
        self.set_title(title)
        self.set_auto_page_break(True, margin=18)
        self.set_text_color(*INK)
        self.add_page()

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font("lato", size=8)
        self.set_text_color(*MUTED)
        said = timezone.localtime()
        self.cell(0, 5, f"{seller_line()} · {date_text(said, 'd.m.Y H:i')} · {self.page_no()}/{{nb}}", align="C")
        self.set_text_color(*INK)

    def said(self, text: str, *, size: float = 10, bold: bool = False, color: tuple[int, int, int] = INK) -> None:
        """A line or more of text."""
        self.set_font("lato", "B" if bold else "", size)
        self.set_text_color(*color)
        self.multi_cell(0, size * 0.5, text, new_x="LMARGIN", new_y="NEXT")
        self.set_text_color(*INK)

    def rows(self, rows: Sequence[Sequence[str]], widths: tuple[int, ...], aligns: str, *, sums: bool = False) -> None:
        """A table; the first row is its head, and with `sums` the last is bold."""
        self.set_font("lato", size=8.5)
        names = {"L": "LEFT", "R": "RIGHT"}
        with self.table(
            col_widths=widths,
            text_align=tuple(names[one] for one in aligns),
            headings_style=HEAD,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            line_height=5,
        ) as table:
            for number, row in enumerate(rows, start=1):
                table.row(row, style=HEAD if sums and number == len(rows) else None)

    def code(self, text: str, size_mm: float = 34) -> None:
        """A QR code where the text goes on."""
        matrix = segno.make_qr(text, error="m").matrix
        step = size_mm / len(matrix)
        left, top = self.get_x(), self.get_y()
        self.set_fill_color(*INK)
        for y, row in enumerate(matrix):
            for x, dark in enumerate(row):
                if dark:
                    self.rect(left + x * step, top + y * step, step, step, style="F")
        self.set_y(top + size_mm + 3)


def seller_line() -> str:
    own = settings.ENVIRONMENT
    tax_id = f"NIP {own.shop_seller_tax_id}" if own.shop_seller_tax_id else ""
    return ", ".join(filter(None, [own.seller_name, own.shop_seller_address, tax_id]))


def statement_pdf(statements: Sequence[Statement], name: str) -> HttpResponse:
    page = Page(_("Statement of account"))
    for statement in statements:
        _statement(page, statement)
    return _answer(page, name)


def _statement(page: Page, statement: Statement) -> None:
    buyer = statement.organisation
    page.said(_("Statement of account"), size=17, bold=True)
    page.said(f"{_day(statement.first)} – {_day(statement.last)} · {statement.currency}", color=MUTED)
    page.ln(2)
    page.said(buyer.full_name or buyer.name, bold=True)
    page.said(f"{buyer.street}, {buyer.postal_code} {buyer.city}" + (f" · NIP {buyer.tax_id}" if buyer.tax_id else ""))
    page.ln(3)
    rows = [[_("Day"), _("Document"), _("What"), _("Invoiced"), _("Paid"), _("Balance")]]
    rows.append([_day(statement.first), "", _("Balance before"), "", "", sum_text(statement.opening)])
    rows += [
        [_day(one.day), one.document, str(one.what), sum_text(one.debit), sum_text(one.credit), sum_text(one.balance)]
        for one in statement.entries
    ]
    totals = (statement.debits, statement.credits, statement.closing)
    rows.append([_day(statement.last), "", _("In all"), *map(sum_text, totals)])
    page.rows(rows, (20, 32, 62, 25, 25, 26), "LLLRRR", sums=True)
    page.ln(3)
    owed = _("To be paid") if statement.closing >= 0 else _("Overpaid")
    page.said(f"{owed}: {sum_text(abs(statement.closing))} {statement.currency}", size=12, bold=True)
    page.ln(8)


def preview_pdf(invoice: Any, context: dict[str, Any], name: str) -> HttpResponse:
    """The reader's view of an invoice, marked as no invoice on every sheet's head; see `invoice_context`."""
    page = Page(invoice.number)
    page.said(_("PREVIEW, not an invoice"), size=13, bold=True, color=RED)
    page.said(_("The document itself comes from the seller. This sheet shows what the shop knows of it."), color=MUTED)
    page.ln(3)
    page.said(f"{invoice.get_kind_display().capitalize()} {invoice.number}", size=17, bold=True)
    page.said(f"{_('Issued')}: {_day(invoice.issued_on)} · {_('Due')}: {_day(invoice.due_on)} · {invoice.payment_form}")
    page.ln(2)
    page.said(f"{_('Seller')}: {seller_line()}")
    payer = invoice.organisation
    page.said(f"{_('Payer')}: {payer.full_name or payer.name}" + (f", NIP {payer.tax_id}" if payer.tax_id else ""))
    page.ln(3)
    rows = [[_("Product"), _("Order"), _("Quantity"), _("Net"), _("VAT"), _("Gross")]]
    for line in context["lines"]:
        order = context["orders"].get(line.erp_order_id)
        quantity = said(line.quantity, line.unit)
        number = order.display_number if order else ""
        rows.append([line.name, number, quantity, sum_text(line.net), line.vat_code, sum_text(line.gross)])
    if context["hidden"]:
        hidden = context["hidden"]
        rows.append([_("Other branches"), "", "", sum_text(hidden.net), "", sum_text(hidden.gross)])
    if context["advance"]:
        taken = context["advance"]
        rows.append([_("Charged by advance invoices"), "", "", sum_text(taken.net), "", sum_text(taken.gross)])
    rows.append([_("In all"), "", "", sum_text(invoice.total_net), "", sum_text(invoice.total_gross)])
    page.rows(rows, (70, 30, 26, 24, 14, 26), "LLRRRR", sums=True)
    page.ln(3)
    page.said(
        f"{_('Paid')}: {sum_text(invoice.paid)} · {_('To be paid')}: {sum_text(invoice.remaining)} {invoice.currency}",
        bold=True,
    )
    if invoice.account:
        page.said(f"{_('Bank account')}: {invoice.account}")
    if invoice.ksef_number:
        page.ln(3)
        page.said(f"KSeF: {invoice.ksef_number}", bold=True)
        if invoice.ksef_link:
            page.code(invoice.ksef_link)
            page.said(invoice.ksef_link, size=7, color=MUTED)
    return _answer(page, name)


def content_of(page: Page) -> bytes:
    """The finished file."""
    raw = BytesIO()
    page.output(raw)
    return raw.getvalue()


def answer_of(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _answer(page: Page, name: str) -> HttpResponse:
    return answer_of(content_of(page), name)


def _day(day: Any) -> str:
    return date_text(day, "d.m.Y")


def sum_text(amount: Decimal | None) -> str:
    """As on the pages; nothing for None. The font has no narrow space."""
    return "" if amount is None else floatformat(amount, "2g").replace("\u202f", "\u00a0")
