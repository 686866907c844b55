"""A price of a chosen size in words, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from wiadukt.contract.money import as_exact_as
from wiadukt.shop.sizes.judge import name_of
from wiadukt.shop.sizes.price import Part, SizedPrice
from wiadukt.shop.sizes.rule import Per, Rule

UNITS = {Per.M2: "m²", Per.WIDTH: "m", Per.HEIGHT: "m", Per.PERIMETER: "m"}


@dataclass(frozen=True)
class Line:
    """One part: what it is for, how it is counted, what it comes to."""

    name: str
    how: str
    amount: Decimal


def lines_of(rule: Rule, price: SizedPrice) -> list[Line]:
    """Part by part, in the price's order."""
    names = {one.code: name_of(one) for one in rule.parameters}
    return [
        Line(names.get(part.code, "") or _("Price of the product"), _how(part), part.amount) for part in price.parts
    ]


def _how(part: Part) -> str:
    """`0,283536 m² × 105,50`; nothing for one piece at its price."""
    if part.per is Per.PIECE and part.quantity == 1:
        return ""
    unit = UNITS.get(part.per, "")
    quantity = number_format(part.quantity.normalize() + 0, force_grouping=True)
    return f"{quantity} {unit}".strip() + f" × {number_format(as_exact_as(part.rate, part.rate), force_grouping=True)}"
