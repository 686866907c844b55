"""Descriptions and parameters by a spreadsheet: exported, filled in, looked at, imported."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from zipfile import BadZipFile

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from oscar.core.loading import get_model

from wiadukt.shop.intake.arrivals import INTAKE_SLUG
from wiadukt.shop.intake.content import Content, Difference, apply, differences
from wiadukt.shop.intake.parameters import parsed, text_of
from wiadukt.shop.intake.work import Held, locked, refuse_if_held
from wiadukt.shop.quantities import QuantityField, plain
from wiadukt.shop.spreadsheet import as_xlsx
from wiadukt.shop.stock.portions import Portions

# Headings are for people; what stands in brackets, or these words, is what an import goes by.
INDEX, NAME, ERP_CATEGORY, KIND, CATEGORY, DESCRIPTION = "index", "name", "wapro", "type", "category", "description"
STEP, LEAST = "sold_by", "at_least"
_FIXED = (INDEX, NAME, ERP_CATEGORY, KIND, CATEGORY, DESCRIPTION, STEP, LEAST, "")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")  # which no sheet can hold
MOST_ROWS, MOST_BYTES, WIDEST = 5000, 10_000_000, 200
ERASE = "-"
"""In a cell: take the value away. An empty cell leaves it as it is."""


class Unreadable(ValueError):
    """The file is no sheet of ours; its text says what to do."""


@dataclass
class Row:
    """One row of a sheet: the product it means and what it would change, or what is wrong in it."""

    number: int
    index: str
    product: Any = None
    wanted: Content = field(default_factory=Content)
    changes: list[Difference] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def exported(products: QuerySet) -> HttpResponse:
    """These products with what staff added, and a column for each parameter of their classes."""
    ready = list(products.select_related("product_class").prefetch_related("categories", "attribute_values__attribute"))
    kinds = {product.product_class_id for product in ready}
    attributes = get_model("catalogue", "ProductAttribute").objects.filter(product_class__in=kinds)
    columns = dict(sorted(attributes.values_list("code", "name")))
    words = {
        INDEX: _("Index"), NAME: _("Name"), ERP_CATEGORY: _("Category in WAPRO"), KIND: _("Product type"),
        CATEGORY: _("Target category"), DESCRIPTION: _("Description"), STEP: _("Sold by"), LEAST: _("At least"),
    }  # fmt: skip
    rows = [[f"{word} [{code}]" for code, word in (words | columns).items()]]
    for product in ready:
        target = next((one for one in product.categories.all() if one.slug != INTAKE_SLUG), None)
        values = {one.attribute.code: text_of(one.attribute, one.value) for one in product.attribute_values.all()}
        fixed = [product.upc, product.title, product.erp_category, product.product_class.name]
        fixed += [target.full_name if target else "", product.description]
        fixed += [plain(product.quantity_step), plain(product.least_quantity)]
        rows.append([_CONTROL.sub("", text) for text in (*fixed, *(values.get(code, "") for code in columns))])
    return as_xlsx({_("Goods"): rows}, "towary.xlsx")


def read(content: bytes, user: Any) -> list[Row]:
    """Every row with what it would change or what is wrong; without those that change nothing. Raises Unreadable."""
    said = _cells(content)
    rows = _with_products(said)
    world = _World()
    for row in rows:
        if row.product is not None and not row.problems:
            _understand(row, said[row.number], world)
            _refuse_held(row, user)
    return [row for row in rows if row.changes or row.problems]


def mark_of(rows: Iterable[Row]) -> str:
    """A fingerprint of a preview: what is imported is what was seen."""
    seen = [(row.index, row.changes, bool(row.problems)) for row in rows]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:20]


def imported(rows: Iterable[Row], user: Any) -> tuple[int, int]:
    """Applies the rows without a problem, each whole: how many products changed, and how many somebody else holds."""
    done, held = 0, 0
    for row in rows:
        if row.problems:
            continue
        try:
            with transaction.atomic():
                product = locked(row.product.pk)
                refuse_if_held(product, user)
                done += bool(apply(product, row.wanted, user.email))
        except Held:
            held += 1
    return done, held


class _World:
    """What rows may name, by its words; read once."""

    def __init__(self) -> None:
        kinds = get_model("catalogue", "ProductClass").objects.prefetch_related("attributes__option_group__options")
        self.kinds = {kind.name.casefold(): kind for kind in kinds}
        self.attributes = {kind.pk: {one.code: one for one in kind.attributes.all()} for kind in kinds}
        categories = get_model("catalogue", "Category").objects.exclude(slug=INTAKE_SLUG)
        self.categories = {_path(one.full_name): one for one in categories}


def _path(text: str) -> str:
    """The shop writes a category's path with ' > ', WAPRO's own column beside it with ' / ': either will do."""
    return re.sub(r"\s+[>/]\s+", " > ", text).casefold()


def _cells(content: bytes) -> dict[int, dict[str, str]]:
    """By the number of each row that says something: its texts by the codes of the columns."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 10 MB: divide it."))
    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).active
        found = list(sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=WIDEST, values_only=True))
    except (InvalidFileException, BadZipFile, AttributeError, KeyError, OSError, ValueError, TypeError) as error:
        raise Unreadable(_("The file can't be read: save it again as XLSX.")) from error
    if len(found) > MOST_ROWS + 1:
        raise Unreadable(_("At most %(most)s rows at once: divide the sheet.") % {"most": MOST_ROWS})
    texts = [[_text(cell) for cell in row] for row in found]
    codes = [_code(text) for text in texts[0]] if texts else []
    if INDEX not in codes:
        raise Unreadable(_("There is no column “[index]”: fill in a sheet that was exported here."))
    return {n: dict(zip(codes, row, strict=False)) for n, row in enumerate(texts[1:], 2) if any(row)}


def _with_products(said: dict[int, dict[str, str]]) -> list[Row]:
    products = get_model("catalogue", "Product").objects.filter(upc__in=[texts[INDEX] for texts in said.values()])
    known = {one.upc: one for one in products.select_related("product_class", "work__user")}
    rows: dict[str, Row] = {}
    repeated = []
    for number, texts in said.items():
        row = Row(number, texts[INDEX], known.get(texts[INDEX]))
        if row.index in rows:
            row.problems.append(_("This index stands in an earlier row already."))
            repeated.append(row)
            continue
        rows[row.index] = row
        if row.product is None:
            row.problems.append(_("There is no product with this index."))
    return sorted([*rows.values(), *repeated], key=lambda row: row.number)


def _understand(row: Row, said: dict[str, str], world: _World) -> None:
    kind, category = row.product.product_class, None
    if said.get(KIND):
        kind = world.kinds.get(said[KIND].casefold())
        if kind is None:
            row.problems.append(_("There is no product type “%(name)s”.") % {"name": said[KIND]})
            return
    if said.get(CATEGORY):
        category = world.categories.get(_path(said[CATEGORY]))
        if category is None:
            row.problems.append(_("There is no category “%(name)s”: write its whole path.") % {"name": said[CATEGORY]})
    description = said.get(DESCRIPTION) or None
    own = world.attributes[kind.pk]
    texts = {code: text for code, text in said.items() if text and code not in _FIXED}
    values: dict[str, Any] = {}
    for code, text in texts.items():
        if code not in own:
            row.problems.append(_("%(kind)s has no parameter “%(code)s”.") % {"kind": kind.name, "code": code})
            continue
        try:
            values[code] = None if text == ERASE else parsed(own[code], text)
        except ValidationError as error:
            row.problems.append(f"{own[code].name}: {' '.join(error.messages)}")
    portions = _portions(row, said)
    row.wanted = Content(kind, category, "" if description == ERASE else description, values, **portions)
    if not row.problems:
        row.changes = differences(row.product, row.wanted)


def _portions(row: Row, said: dict[str, str]) -> dict[str, Decimal]:
    """Of its own, with what the row leaves as it is; what can't be is a problem of the row."""
    field, wanted = QuantityField(), {}
    for name, code in (("step", STEP), ("least", LEAST)):
        if text := said.get(code):
            try:
                wanted[name] = Decimal(0) if text == ERASE else field.clean(text)
            except ValidationError as error:
                row.problems.append(f"{code}: {' '.join(error.messages)}")
    own = {"step": row.product.quantity_step, "least": row.product.least_quantity}
    faults = Portions.faults(**own | wanted, is_divisible=row.product.is_divisible)
    row.problems += faults.values() if wanted else ()
    return wanted


def _refuse_held(row: Row, user: Any) -> None:
    work = getattr(row.product, "work", None)
    if work is not None and work.user_id != user.pk and row.changes:
        row.problems.append(str(Held(work)))


def _code(heading: str) -> str:
    return heading.rpartition("[")[2].rstrip("] ").strip() if "[" in heading else heading.strip()


def _text(cell: Any) -> str:
    """A whole number without its point, a day as ISO writes it; the mark by which a text is no formula goes."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    text = "" if cell is None else str(cell).replace("\0", "").strip()
    return text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text
