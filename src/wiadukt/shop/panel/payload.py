"""A message's text as a person reads it: labelled fields, a table for each list, and what an edit changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LABELS = {
    "number": gettext_lazy("Number"),
    "order_number": gettext_lazy("Order number"),
    "customer_id": gettext_lazy("Buyer's id in WAPRO"),
    "customer_name": gettext_lazy("Buyer"),
    "delivery_place_id": gettext_lazy("Delivery place's id in WAPRO"),
    "delivery_place_key": gettext_lazy("Delivery place's key in the shop"),
    "key": gettext_lazy("Key"),
    "part": gettext_lazy("Part"),
    "revision": gettext_lazy("Revision"),
    "base": gettext_lazy("Before"),
    "changed_at": gettext_lazy("Changed"),
    "changed_by": gettext_lazy("Changed by"),
    "placed_at": gettext_lazy("Placed"),
    "wanted_on": gettext_lazy("Wanted on"),
    "due_on": gettext_lazy("Due"),
    "ordered_by": gettext_lazy("Ordered by"),
    "customer_number": gettext_lazy("Buyer's own number"),
    "customer_order_number": gettext_lazy("Buyer's own number"),
    "remarks": gettext_lazy("Remarks"),
    "payment_form": gettext_lazy("Payment form"),
    "payment_days": gettext_lazy("Days to pay"),
    "delivery_form_id": gettext_lazy("Delivery form's id in WAPRO"),
    "lines": gettext_lazy("Lines"),
    "job_orders": gettext_lazy("Job orders"),
    "line_no": gettext_lazy("No."),
    "id": gettext_lazy("Id"),
    "product_id": gettext_lazy("Product"),
    "description": gettext_lazy("Description"),
    "value": gettext_lazy("Value"),
    "quantity": gettext_lazy("Quantity"),
    "unit": gettext_lazy("Unit"),
    "unit_factor": gettext_lazy("In the card's unit"),
    "price_net": gettext_lazy("Net price"),
    "price_gross": gettext_lazy("Gross price"),
    "note": gettext_lazy("Note"),
    "parameters": gettext_lazy("Parameters"),
}
_OF_LINE = re.compile(r"lines\[(\d+)\]\.(\w+)")
"""How a refusal names a field of a line: by the line's number."""
_WRITTEN = frozenset({"ordered_by", "customer_number", "customer_order_number", "remarks", "note", "changed_by"})
"""What a person wrote: another may write it otherwise. Numbers, ids and prices are no free text."""
NUMBERS = ("quantity", "unit_factor", "price_net", "price_gross")


@dataclass(frozen=True)
class Fact:
    """One field with a value."""

    label: str
    value: str


@dataclass(frozen=True)
class Table:
    """One list of the text; a column that is empty in every row is left out."""

    label: str
    heads: list[str]
    rows: list[list[str]]

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """Each value with its heading, for screens too narrow for a table."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Difference:
    """One field that an edit changed; `field` is its path as the JSON has it, e.g. `lines.0.quantity`."""

    field: str
    old: str
    new: str


def in_order(value: Any) -> Any:
    """The same text with its fields in the contract's order: the base keeps them in an order of its own."""
    if isinstance(value, dict):
        return {name: in_order(value[name]) for name in sorted(value, key=_place)}
    return [in_order(one) for one in value] if isinstance(value, list) else value


def as_json(payload: dict[str, Any]) -> str:
    """For a person to read and to edit."""
    return json.dumps(in_order(payload), indent=2, ensure_ascii=False)


def _place(name: str) -> tuple[int, str]:
    return (list(LABELS).index(name) if name in LABELS else len(LABELS), name)


def facts_of(payload: dict[str, Any]) -> list[Fact]:
    """Fields of the text itself; empty ones are left out."""
    plain = {
        name: value for name, value in in_order(payload).items() if not _is_table(value) and value not in (None, "", [])
    }
    return [Fact(_label(name), _value(name, value)) for name, value in plain.items()]


def tables_of(payload: dict[str, Any]) -> list[Table]:
    """Lists of objects: the lines of an order, the job orders of a work request."""
    return [_table(name, value) for name, value in in_order(payload).items() if _is_table(value)]


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """Field by field, in the order of the older text."""
    before, after = dict(leaves(old)), dict(leaves(new))
    return [
        Difference(field, before.get(field, "–"), after.get(field, "–"))
        for field in before | after
        if before.get(field) != after.get(field)
    ]


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _table(name: str, rows: list[dict[str, Any]]) -> Table:
    names = sorted({field for row in rows for field in row}, key=_place)
    used = [field for field in names if any(row.get(field) not in (None, "", []) for row in rows)]
    return Table(
        label=_label(name),
        heads=[_label(field) for field in used],
        rows=[[_value(field, row.get(field)) for field in used] for row in rows],
    )


def _label(name: str) -> str:
    return str(LABELS.get(name, name))


def _value(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(_value(name, one) for one in value)
    if isinstance(value, dict):  # a parameter: 'width: 396 mm'
        amount = f"{value.get('value', '')} {value.get('unit', '')}".strip()
        return f"{value['id']}: {amount}" if "id" in value else ", ".join(text for _at, text in leaves(value) if text)
    text = str(value)
    try:
        if name.endswith("_at"):
            return date_format(timezone.localtime(datetime.fromisoformat(text)), "d.m.Y H:i:s")
        if name.endswith("_on"):
            return date_format(date.fromisoformat(text), "d.m.Y")
        if name in NUMBERS:
            return str(localize(Decimal(f"{Decimal(text).normalize():f}")))
    except (ValueError, InvalidOperation):
        return text  # what is not of the contract is shown as it is
    return text


@dataclass(frozen=True)
class Written:
    """A text that a person wrote, at its place in a message: what a refusal names and another person may mend."""

    name: str
    holder: dict[str, Any]

    @property
    def label(self) -> str:
        return _label(self.name)

    @property
    def value(self) -> str:
        return str(self.holder[self.name])


def written_at(payload: dict[str, Any], field: str) -> Written | None:
    """The text that a refusal names by this field; None when it is none that a person wrote."""
    of_line = _OF_LINE.fullmatch(field)
    part, _dot, of_value = field.partition(".")
    if of_line:
        number, name = of_line.groups()
        holder = next((one for one in payload.get("lines", []) if str(one.get("line_no")) == number), {})
    elif part == "value" and of_value and isinstance(payload.get("value"), dict):
        holder, name = payload["value"], of_value
    else:
        holder, name = payload, field
    may_be_mended = name in _WRITTEN or part == "value"
    return Written(name, holder) if may_be_mended and isinstance(holder.get(name), str) else None


def written_otherwise(payload: dict[str, Any], field: str, value: str) -> dict[str, Any]:
    """The same message with that text replaced."""
    copy: dict[str, Any] = json.loads(json.dumps(payload))
    written = written_at(copy, field)
    if written is not None:
        written.holder[written.name] = value
    return copy


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every plain value with its path."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for name, part in pairs:
            yield from leaves(part, f"{path}.{name}" if path else str(name))
    else:
        yield path, "" if value is None else str(value)
