"""Facts of the contract as a person reads them."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiadukt.contract.base import Kind
from wiadukt.contract.states import QueueState
from wiadukt.shop.history.words import LABELS as FIELD_WORDS
from wiadukt.shop.history.words import shown_value as as_words
from wiadukt.shop.history.words import state_word

OWN = {
    "in_shop": gettext_lazy("flag for the shop"),
    "description": gettext_lazy("description"),
    "category": gettext_lazy("category in WAPRO"),
    "blocked": gettext_lazy("blocked in WAPRO"),
    "promotion": gettext_lazy("promotion"),
    "contents": gettext_lazy("one unit holds"),
    "address": gettext_lazy("address"),
    "correspondence_address": gettext_lazy("correspondence address"),
    "customer": gettext_lazy("buyer's id in WAPRO"),
    "buyer": gettext_lazy("buyer's id in WAPRO"),
    "payer": gettext_lazy("payer's id in WAPRO"),
    "state": gettext_lazy("state"),
    "status_code": gettext_lazy("status letter in WAPRO"),
    "production": gettext_lazy("production"),
    "tracking_url": gettext_lazy("link to the parcel"),
    "ksef": gettext_lazy("KSeF"),
    "salesman_id": gettext_lazy("salesman's id in WAPRO"),
    "price": gettext_lazy("price, net and gross"),
    "product": gettext_lazy("product"),
    "value": gettext_lazy("net, gross and VAT"),
    "order": gettext_lazy("order and its line"),
    "amount": gettext_lazy("amount"),
    "paid_on": gettext_lazy("paid on"),
    "how": gettext_lazy("how"),
    "money": gettext_lazy("left of"),
    "owed": gettext_lazy("left of"),
    "base_gross": gettext_lazy("gross in PLN"),
    "base_remaining": gettext_lazy("to be paid in PLN"),
}
PARTS = {
    "contact": gettext_lazy("contact"),
    "place": gettext_lazy("delivery place"),
    "agreed": gettext_lazy("agreed price"),
    "unassigned": gettext_lazy("unassigned payment"),
    "receivable": gettext_lazy("other receivable"),
    "line": gettext_lazy("line"),
    "payment": gettext_lazy("payment"),
    "price": gettext_lazy("price level"),
    "group": gettext_lazy("price of the group"),
}
QUEUE_STATES = [
    (QueueState.ACCEPTED.value, gettext_lazy("accepted")),
    (QueueState.SENT.value, gettext_lazy("sent")),
    (QueueState.REJECTED.value, gettext_lazy("rejected")),
]
"""Of a row in WAPRO's queue."""
FLAGS = (
    "in_shop",
    "is_divisible",
    "blocked",
    "is_discountable",
    "individual_prices_off",
    "takes_promotions",
    "is_open",
)
# As the contract writes prices (four places) and quantities (six).
_LONG = re.compile(r"(?<![\w.-])(-?\d+)\.(\d{6}|\d{4})(?![\w.])")
PERSONAL = ("phone", "email", "address", "correspondence_address", "salesman_")
PERSONAL_PARTS = ("contact", "place")


def label_of(fact: str) -> str:
    """`line 7: ordered` -> `line 7: ordered quantity`, in the reader's language."""
    part, colon, field = fact.partition(": ")
    kind, _space, key = part.partition(" ")
    if not key:
        return _word(fact)
    named = f"{PARTS.get(kind, kind)} {key}"
    return f"{named}: {_word(field)}" if colon else named


def _word(field: str) -> str:
    return str(OWN.get(field) or FIELD_WORDS.get(field) or field)


def value_of(fact: str, value: str | None) -> str:
    """A flag as yes or no, days and amounts as the reader writes them."""
    if value is None:
        return ""
    first, _blank, rest = value.partition(" ")
    if fact in FLAGS or fact == "received":
        return f"{_('yes') if first == '1' else _('no')} {as_words(rest)}".strip()
    if fact == "production" and rest:
        return f"{state_word(first)}, {rest} %"
    return as_words(_LONG.sub(_short, value)) if value else ""


def _short(found: re.Match[str]) -> str:
    """A quantity without the zeros behind it, a price with two places at least."""
    whole, places = found.groups()
    kept = places.rstrip("0")
    kept = kept.ljust(2, "0") if len(places) < len("000000") else kept
    return f"{whole}.{kept}" if kept else whole


def is_personal(kind: Kind, fact: str) -> bool:
    """Whether a fact tells of a person, or where he is found."""
    return kind is Kind.CUSTOMER and (fact.startswith(PERSONAL) or fact.partition(" ")[0] in PERSONAL_PARTS)
