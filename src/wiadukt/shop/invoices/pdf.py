"""Sheets as PDF, made in Python alone (decision 14), and of them the statement of account."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from importlib.resources import files
from io import BytesIO
from itertools import zip_longest
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

    def beside(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Two columns of lines; the first of each is bold."""
        with self.table(borders_layout="NONE", first_row_as_headings=False, line_height=5, padding=0) as table:
            for number, pair in enumerate(zip_longest(left, right, fillvalue="")):
                table.row(pair, style=FontFace(emphasis="BOLD") if not number else None)

    def code(self, text: str, caption: Sequence[str], *, size_mm: float = 34, error: str = "m") -> None:
        """A QR code where the text goes on, with lines beside it; on a new page when it does not fit."""
        if self.get_y() + size_mm > self.page_break_trigger:
            self.add_page()
        matrix = segno.make_qr(text, error=error, encoding="utf-8", boost_error=False).matrix
        step = size_mm / len(matrix)
        left, top = self.l_margin, self.get_y()
        self.set_fill_color(*INK)
        for y, row in enumerate(matrix):
            for x, dark in enumerate(row):
                if dark:
                    self.rect(left + x * step, top + y * step, step, step, style="F")
        self.set_font("lato", size=9)
        for number, line in enumerate(caption):
            self.set_xy(left + size_mm + 5, top + 5.5 * number)
            self.cell(0, 5, line)
        self.set_xy(left, top + size_mm + 4)


def seller_line() -> str:
    own = settings.ENVIRONMENT
    tax_id = f"NIP {own.shop_seller_tax_id}" if own.shop_seller_tax_id else ""
    return ", ".join(filter(None, [own.seller_name, own.shop_seller_address, tax_id]))


def statement_pdf(statements: Sequence[Statement], name: str) -> HttpResponse:
    page = Page(_("Statement of account"))
    for statement in statements:
        _statement(page, statement)
    return answer_of(content_of(page), name)


def _statement(page: Page, statement: Statement) -> None:
    buyer = statement.organisation
    page.said(_("Statement of account"), size=17, bold=True)
    page.said(f"{day_text(statement.first)} – {day_text(statement.last)} · {statement.currency}", color=MUTED)
    page.ln(2)
    page.said(buyer.full_name or buyer.name, bold=True)
    page.said(f"{buyer.street}, {buyer.postal_code} {buyer.city}" + (f" · NIP {buyer.tax_id}" if buyer.tax_id else ""))
    page.ln(3)
    rows = [[_("Day"), _("Document"), _("What"), _("Invoiced"), _("Paid"), _("Balance")]]
    rows.append([day_text(statement.first), "", _("Balance before"), "", "", sum_text(statement.opening)])
    rows += [
        [
            day_text(one.day),
            one.document,
            str(one.what),
            sum_text(one.debit),
            sum_text(one.credit),
            sum_text(one.balance),
        ]
        for one in statement.entries
    ]
    totals = (statement.debits, statement.credits, statement.closing)
    rows.append([day_text(statement.last), "", _("In all"), *map(sum_text, totals)])
    page.rows(rows, (20, 32, 62, 25, 25, 26), "LLLRRR", sums=True)
    page.ln(3)
    owed = _("To be paid") if statement.closing >= 0 else _("Overpaid")
    page.said(f"{owed}: {sum_text(abs(statement.closing))} {statement.currency}", size=12, bold=True)
    page.ln(8)


def content_of(page: Page) -> bytes:
    """The finished file."""
    raw = BytesIO()
    page.output(raw)
    return raw.getvalue()


def answer_of(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def day_text(day: Any) -> str:
    return date_text(day, "d.m.Y")


def sum_text(amount: Decimal | None) -> str:
    """As on the pages; nothing for None. The font has no narrow space."""
    return "" if amount is None else floatformat(amount, "2g").replace("\u202f", "\u00a0")
