"""How goods are described."""

from __future__ import annotations

from decimal import Decimal

import nh3
from django import template
from django.template.defaultfilters import linebreaks
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def quantity(value: Decimal | int) -> str:
    """2.750000 is 2,75, and 3.000000 is 3."""
    return number_format(Decimal(value).normalize() + 0, force_grouping=True)


@register.filter
def rich(text: str) -> SafeString:
    """Rich text with harmless marks only, whoever wrote it by whatever road; plain text keeps its lines."""
    harmless = nh3.clean(text)
    return mark_safe(harmless if "<" in harmless else linebreaks(harmless))  # noqa: S308  (cleaned above)
