"""Rows as files for a spreadsheet: XLSX, and CSV as Polish Excel opens it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = Sequence[Any]


def as_csv(rows: Iterable[Row], name: str) -> HttpResponse:
    """Semicolons, commas in numbers and a mark of UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([plain(value) for value in row])
    return _file(("\ufeff" + text.getvalue()).encode(), "text/csv; charset=utf-8", name)


def as_xlsx(sheets: Mapping[str, Sequence[Row]], name: str) -> HttpResponse:
    """A sheet by name; the first row of each is its head."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title[:31])
        for row in rows:
            sheet.append([_safe(value) for value in row])
        _dress(sheet, rows)
    raw = io.BytesIO()
    book.save(raw)
    return _file(raw.getvalue(), XLSX, name)


def _dress(sheet: Any, rows: Sequence[Row]) -> None:
    sheet.freeze_panes = "A2"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, column in enumerate(sheet.iter_cols(min_row=2), start=1):
        widest = max((len(str(row[number - 1] or "")) for row in rows), default=0)
        sheet.column_dimensions[get_column_letter(number)].width = min(60, max(10, widest + 2))
        for cell in column:
            if isinstance(cell.value, Decimal):
                cell.number_format = "#,##0.00"
            elif isinstance(cell.value, date):
                cell.number_format = "dd.mm.yyyy"


def plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    return _safe(str(value))


def _safe(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula stays a text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _file(raw: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(raw, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
