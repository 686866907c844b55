"""How a price per unit is written."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.template.defaultfilters import floatformat

register = template.Library()


@register.filter
def unit_price(value: Decimal | None) -> str:
    """12.50 has two decimals, 0.0525 all that it needs: what is summed is what is shown."""
    if value is None:
        return "–"
    exponent = Decimal(value).normalize().as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    return floatformat(value, f"{places}g")
