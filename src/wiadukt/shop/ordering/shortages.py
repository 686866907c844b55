"""Of a basket: which goods are asked for in what quantity, and of which there is less than that."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from wiadukt.shop.ordering.freed import freed_by, with_freed
from wiadukt.shop.stock.rules import warning_of


@dataclass(frozen=True)
class Asked:
    """A product of the basket with the quantity of all its lines: it may stand in several, made to different sizes."""

    product: Any
    quantity: Decimal
    availability: Any


@dataclass(frozen=True)
class Shortage:
    """Goods that may be ordered though there are too few; `sentence` tells the buyer."""

    product_id: int
    missing: Decimal
    sentence: str


def asked_of(basket: Any) -> list[Asked]:
    found: dict[int, Asked] = {}
    freed = freed_by(basket.changes)
    for line in basket.all_lines():
        before = found.get(line.product_id)
        quantity = line.quantity + (before.quantity if before else 0)
        availability = with_freed(line.purchase_info.availability, freed.get(line.product_id, 0))
        found[line.product_id] = Asked(line.product, quantity, availability)
    return list(found.values())


def shortages_of(basket: Any) -> list[Shortage]:
    """What the buyer is to be warned of."""
    found = []
    for one in asked_of(basket):
        why = warning_of(one.availability, one.quantity)
        if why:
            sentence = _("%(product)s: %(why)s") % {"product": one.product.get_title(), "why": why}
            found.append(Shortage(one.product.pk, one.availability.missing(one.quantity), sentence))
    return found


def as_seen(shortages: list[Shortage]) -> str:
    """What a page has told, in a form that comes back with it."""
    return ",".join(f"{one.product_id}:{one.missing}" for one in shortages)


def worse_than(seen: str, shortages: list[Shortage]) -> list[Shortage]:
    """Those of which the page told nothing, or of which more is missing by now."""
    told = _told(seen)
    return [one for one in shortages if one.missing > told.get(one.product_id, 0)]


def _told(seen: str) -> dict[int, Decimal]:
    """Whatever is unreadable was not told."""
    told = {}
    for part in seen.split(","):
        product, _colon, missing = part.partition(":")
        try:
            told[int(product)] = Decimal(missing)
        except (ValueError, InvalidOperation):
            continue
    return told
