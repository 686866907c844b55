"""How a page about the shop is shown."""

from __future__ import annotations

import nh3
from django import template
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

register = template.Library()
# No marks of HTML, and no pictures: a page loads nothing from outside.
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable("image")


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown as HTML with harmless marks only."""
    return mark_safe(nh3.clean(_markdown.render(text)))  # noqa: S308  (cleaned)
