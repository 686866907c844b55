"""How a change reads on the screen."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiadukt.shop.history.models import Change

register = template.Library()

LABELS = {
    "created": gettext_lazy("appeared"),
    "title": gettext_lazy("name"),
    "available": gettext_lazy("available quantity"),
    "in_shop": gettext_lazy("in the shop"),
    "erp_blocked": gettext_lazy("blocked in WAPRO"),
    "is_public": gettext_lazy("visible to buyers"),
    "published": gettext_lazy("published"),
    "erp_number": gettext_lazy("number in WAPRO"),
    "erp_state": gettext_lazy("state"),
    "status_label": gettext_lazy("status in WAPRO"),
    "production_state": gettext_lazy("production"),
    "production_percent": gettext_lazy("production done, %"),
    "tracking_number": gettext_lazy("parcel number"),
    "carrier": gettext_lazy("carrier"),
    "due_on": gettext_lazy("date"),
    "total_excl_tax": gettext_lazy("net value"),
    "paid": gettext_lazy("paid"),
    "remaining": gettext_lazy("to be paid"),
    "payment": gettext_lazy("payment"),
    "invitation": gettext_lazy("invitation"),
    "order": gettext_lazy("order"),
    "invoice": gettext_lazy("invoice"),
    "member": gettext_lazy("person"),
    "delivery_place": gettext_lazy("delivery place"),
    "agreed_price": gettext_lazy("agreed price"),
    "is_open": gettext_lazy("may log in and order"),
    "erp_category": gettext_lazy("category in WAPRO"),
}
WORDS = {
    "new": gettext_lazy("new"),
    "confirmed": gettext_lazy("confirmed"),
    "in_production": gettext_lazy("in production"),
    "ready": gettext_lazy("ready"),
    "shipped": gettext_lazy("shipped"),
    "finished": gettext_lazy("finished"),
    "cancelled": gettext_lazy("cancelled"),
    "waiting": gettext_lazy("waiting"),
    "True": gettext_lazy("yes"),
    "False": gettext_lazy("no"),
}


@register.filter
def field_label(change: Change) -> str:
    field, _dot, part = change.field.partition(".")
    label = str(LABELS.get(change.field) or LABELS.get(field, field))
    return f"{label} {part}" if part and change.field not in LABELS else label


@register.filter
def old_value(change: Change) -> str:
    return str(WORDS.get(change.old, change.old))


@register.filter
def new_value(change: Change) -> str:
    return str(WORDS.get(change.new, change.new or _("none")))


@register.filter
def item(mapping: dict, key: object) -> object:
    """A dictionary's value by a key that is a variable."""
    return mapping.get(key)


@register.filter
def state_word(state: object) -> str:
    """A state in the reader's language."""
    return str(WORDS.get(str(state), state))
