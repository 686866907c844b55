"""Indexes and quantities as people bring them: pasted, or in a file of a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from zipfile import BadZipFile

from django.utils.translation import gettext as _

MOST_ROWS = 300
MOST_BYTES = 1_000_000
_SPLIT = re.compile(r"\s*[;\t]\s*|\s*,\s*(?=\d+(?:[.,]\d+)?\s*\D{0,5}$)|\s+(?=\d+(?:[.,]\d+)?\s*\D{0,5}$)")
_NUMBER = re.compile(r"^\d+(?:[.,]\d+)?")


class Unreadable(ValueError):
    """The file can't be read, or there is too much of it; its text says what to do, in the reader's language."""


class Wanted(NamedTuple):
    """One row: an index or EAN as it was written, and how many. `quantity` is None when it is no number."""

    row: int
    key: str
    quantity: Decimal | None


def from_text(text: str) -> list[Wanted]:
    """A product a line: its index or EAN, then how many (one, when nothing is said)."""
    return _rows(_SPLIT.split(line.strip(), maxsplit=1) for line in text.splitlines())


def from_file(name: str, content: bytes) -> list[Wanted]:
    """The first two columns of a CSV or XLSX file. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 1 MB: leave only the columns with indexes and quantities in it."))
    if name.lower().endswith(".xlsx"):
        return _rows(_xlsx(content))
    if name.lower().endswith((".csv", ".txt")):
        return _rows(_csv(content))
    raise Unreadable(_("Choose a CSV or XLSX file."))


def as_text(rows: Iterable[Wanted]) -> str:
    """What `from_text` reads as the same."""
    return "\n".join(f"{one.key}\t{'?' if one.quantity is None else f'{one.quantity.normalize():f}'}" for one in rows)


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1250", errors="replace")  # what Excel writes in Poland
    first = text.split("\n", 1)[0]
    delimiter = max(";\t,", key=first.count)
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def _xlsx(content: bytes) -> list[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).active
    except (InvalidFileException, BadZipFile, KeyError, OSError, ValueError) as error:
        raise Unreadable(_("The file can't be read: save it again as XLSX or CSV.")) from error
    rows = sheet.iter_rows(max_col=2, max_row=MOST_ROWS + 2, values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def _rows(found: Iterable[Sequence[str]]) -> list[Wanted]:
    rows = []
    for number, cells in enumerate(found, 1):
        key = cells[0].replace("\0", "").strip() if cells else ""  # a sign that the base can't look for
        if not key:
            continue
        said = cells[1].strip() if len(cells) > 1 else ""
        quantity = _quantity(said) if said else Decimal(1)
        if number == 1 and quantity is None and not any(sign.isdigit() for sign in said):
            continue  # the heading of a sheet
        rows.append(Wanted(number, key, quantity))
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("At most %(most)s rows at once: divide the list.") % {"most": MOST_ROWS})
    return rows


def _quantity(text: str) -> Decimal | None:
    """The number a text begins with: `12 szt.` is 12."""
    found = _NUMBER.match(text.replace("\N{NO-BREAK SPACE}", ""))
    try:
        return Decimal(found.group().replace(",", ".")) if found else None
    except InvalidOperation:
        return None
