"""How goods are described."""

from __future__ import annotations

from decimal import Decimal

import nh3
from django import template
from django.template.defaultfilters import linebreaks
from django.utils.safestring import SafeString, mark_safe

from wiadukt.shop import quantities
from wiadukt.shop.quantities import said
from wiadukt.shop.stock.contents import Contents

register = template.Library()


@register.filter
def quantity(value: Decimal | int | None) -> str:
    """2.750000 is 2,75, and 3.000000 is 3."""
    return said(value) if value is not None and value != "" else ""


@register.filter
def in_all(contents: Contents, count: Decimal) -> str:
    """So many units of sale in the stock's unit too."""
    return contents.in_all(count)


@register.filter
def plain(value: Decimal | int | str) -> str:
    """For a field; a text stays as it is."""
    return value if isinstance(value, str) else quantities.plain(value)


@register.filter
def rich(text: str) -> SafeString:
    """Rich text with harmless marks only, whoever wrote it by whatever road; plain text keeps its lines."""
    harmless = nh3.clean(text)
    return mark_safe(harmless if "<" in harmless else linebreaks(harmless))  # noqa: S308  (cleaned above)
