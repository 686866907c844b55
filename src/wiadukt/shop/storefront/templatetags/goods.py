"""How goods are described."""

from __future__ import annotations

import nh3
from django import template
from django.template.defaultfilters import linebreaks
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def rich(text: str) -> SafeString:
    """Rich text with harmless marks only, whoever wrote it by whatever road; plain text keeps its lines."""
    harmless = nh3.clean(text)
    return mark_safe(harmless if "<" in harmless else linebreaks(harmless))  # noqa: S308  (cleaned above)
