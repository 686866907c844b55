"""Lists of goods as people bring them: pasted, or in a file of a spreadsheet. Index or EAN, how many, note, day."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from zipfile import BadZipFile

from django.utils.translation import gettext as _

from wiadukt.shop.forks.basket.columns import BY_PLACE, Columns, NoIndexes, columns_of

MOST_ROWS = 300
MOST_BYTES = 1_000_000
MOST_COLUMNS = 30
DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S")
_SPLIT = re.compile(r"\s*,\s*(?=\d+(?:[.,]\d+)?\s*\D{0,5}$)|\s+(?=\d+(?:[.,]\d+)?\s*\D{0,5}$)")
_NUMBER = re.compile(r"^\d+(?:[.,]\d+)?")


class Unreadable(ValueError):
    """The file can't be read, or there is too much of it; its text says what to do, in the reader's language."""


class Wanted(NamedTuple):
    """One row: an index or EAN as it was written, and how many. `quantity` is None when it is no number. `day` is as it
    was written; `answers` are the cells under headings that are none of ours: sizes and the like."""

    row: int
    key: str
    quantity: Decimal | None
    note: str = ""
    day: str = ""
    answers: tuple[tuple[str, str], ...] = ()


def from_text(text: str) -> list[Wanted]:
    """A product a line: its index or EAN, then how many (one, when nothing is said), a note and a day. Raises
    Unreadable."""
    return _rows(_cells(line) for line in text.splitlines())


def _cells(line: str) -> list[str]:
    """Tabs come from a spreadsheet; a semicolon beside them is part of a note."""
    for mark in ("\t", ";"):
        if mark in line:
            return line.split(mark)
    return _SPLIT.split(line.strip(), maxsplit=1)


def from_file(name: str, content: bytes) -> list[Wanted]:
    """A CSV or XLSX file. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 1 MB: leave only the columns with indexes and quantities in it."))
    if name.lower().endswith(".xlsx"):
        return _rows(_xlsx(content))
    if name.lower().endswith((".csv", ".txt")):
        return _rows(_csv(content))
    raise Unreadable(_("Choose a CSV or XLSX file."))


def as_text(rows: Iterable[Wanted]) -> str:
    """What `from_text` reads as the same."""
    rows = list(rows)
    names = list(dict.fromkeys(name for one in rows for name, _value in one.answers))
    written = [_written(one, names) for one in rows]
    if names:
        written.insert(0, ["indeks", "ilość", "uwagi", "termin", *names])
    return "\n".join("\t".join(cells).rstrip("\t") for cells in written)


def _written(one: Wanted, names: Sequence[str]) -> list[str]:
    quantity = "?" if one.quantity is None else f"{one.quantity.normalize():f}"
    answers = dict(one.answers)
    return [one.key, quantity, one.note, one.day, *(answers.get(name, "") for name in names)]


def day_of(text: str) -> date:
    """Raises ValueError for what is no day."""
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValueError(text)


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
    rows = sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS + 2, values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def _rows(found: Iterable[Sequence[str]]) -> list[Wanted]:
    rows: list[Wanted] = []
    columns = None
    for number, raw in enumerate(found, 1):
        cells = [" ".join(cell.replace("\0", "").split()) for cell in raw]  # a sign that the base can't look for
        if not any(cells):
            continue
        if columns is None:
            columns = _heading(cells)
            is_heading = columns is not None or (number == 1 and _is_heading(cells))
            columns = columns or BY_PLACE
            if is_heading:
                continue
        key, said = columns.cell(cells, "key"), columns.cell(cells, "quantity")
        if not key:
            continue
        quantity = _quantity(said) if said else Decimal(1)
        note, day = columns.cell(cells, "note"), columns.cell(cells, "day")
        rows.append(Wanted(number, key, quantity, note, day, columns.answers_in(cells)))
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("At most %(most)s rows at once: divide the list.") % {"most": MOST_ROWS})
    return rows


def _heading(cells: Sequence[str]) -> Columns | None:
    """Of a first row: what its headings say, or None when they are none of ours."""
    try:
        return columns_of(cells)
    except NoIndexes as refusal:
        raise Unreadable(str(refusal)) from refusal


def _is_heading(cells: Sequence[str]) -> bool:
    """One in words that we don't know: no quantity is written so."""
    said = cells[1] if len(cells) > 1 else ""
    return any(sign.isalpha() for sign in said) and not any(sign.isdigit() for sign in said)


def _quantity(text: str) -> Decimal | None:
    """The number a text begins with: `12 szt.` is 12."""
    found = _NUMBER.match(text.replace("\N{NO-BREAK SPACE}", ""))
    try:
        return Decimal(found.group().replace(",", ".")) if found else None
    except InvalidOperation:
        return None
