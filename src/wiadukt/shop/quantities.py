"""How a quantity is kept, read and written: fractions as exact as WAPRO's, whole numbers without one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.formats import number_format

MOST_QUANTITY = 99_999


def neat(quantity: Decimal) -> Decimal:
    """2.500000 is 2.5, and 3.000000 is 3."""
    return quantity.normalize() + 0


def said(quantity: Decimal | int, unit: str = "") -> str:
    """For people: `1 250,5 m`."""
    return f"{number_format(neat(Decimal(quantity)), force_grouping=True)} {unit}".strip()


def plain(quantity: Decimal | int | None) -> str:
    """As the value of a field for numbers has it: with a point, whatever the language; nothing for none."""
    return "" if quantity is None else f"{neat(Decimal(quantity)):f}"


class QuantityColumn(models.DecimalField):
    """Comes back without the zeros of its scale, so that five pieces are read as 5."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_digits": 16, "decimal_places": 6})

    def from_db_value(self, value: Decimal | None, _expression: Any, _connection: Any) -> Decimal | None:
        return None if value is None else neat(value)


class QuantityField(forms.DecimalField):
    """How much of something, with a comma or a point. Whether a product is sold so is said by its portions."""

    def __init__(self, **kwargs: Any) -> None:
        limits: dict[str, Any] = {"min_value": 0, "max_value": MOST_QUANTITY, "max_digits": 11, "decimal_places": 6}
        widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 8})
        super().__init__(**limits, localize=True, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        found = super().to_python(str(value).replace(",", ".") if value is not None else None)
        return None if found is None else neat(found)
