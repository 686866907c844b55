"""An object's timeline on its page, and how a change reads there."""

from __future__ import annotations

from typing import Any

from django import template

from wiadukt.shop.history import words
from wiadukt.shop.history.listing import Asked, Timeline

register = template.Library()

for of_a_change in (words.field_label, words.old_value, words.new_value, words.state_word):
    register.filter(of_a_change.__name__, of_a_change)


@register.filter
def item(mapping: dict, key: object) -> object:
    """A dictionary's value by a key that is a variable."""
    return mapping.get(key)


@register.inclusion_tag("history/_timeline.html", takes_context=True)
def timeline_of(context: template.Context, kind: str, object_id: int) -> dict[str, Any]:
    """What changed last, with filters and exports that ask at the timeline's own address."""
    timeline = Timeline(kind, object_id, Asked())
    return {"timeline": timeline, "page": timeline.page(None), "user": context["user"], "request": context["request"]}
