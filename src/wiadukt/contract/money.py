"""How WAPRO rounds, once for both sides; the worked examples are in docs/prices.md.

A price per unit has up to four decimals and is never rounded by itself: 10,000 screws at 0.0525 are 525.00 and not
500.00. The value of a line is quantity times price, net and gross each by itself, rounded half up to a grosz; an order
is the sum of its lines.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

BASE_CURRENCY = "PLN"
"""What the ERP keeps its books in, and what a credit limit is in."""
GROSZ = Decimal("0.01")
HUNDRED = Decimal(100)


class Basis(StrEnum):
    """Which of the two prices a document counts from; the other follows by VAT."""

    NET = "net"
    GROSS = "gross"


def grosz(amount: Decimal) -> Decimal:
    """The amount in whole grosze, half up."""
    return amount.quantize(GROSZ, ROUND_HALF_UP)


def line_value(quantity: Decimal | int, unit_price: Decimal) -> Decimal:
    """What a line is worth at this price per unit."""
    return grosz(quantity * unit_price)


def as_exact_as(price: Decimal, amount: Decimal) -> Decimal:
    """The amount with as many decimals as the price needs, a grosz at least: 0.0525 keeps four, 12.50 two."""
    exponent = price.normalize().as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def gross_of(net: Decimal, vat_percent: Decimal) -> Decimal:
    """Gross from net, as exact as the net price."""
    return as_exact_as(net, net * (HUNDRED + vat_percent) / HUNDRED)


def net_of(gross: Decimal, vat_percent: Decimal) -> Decimal:
    """Net from gross, as exact as the gross price."""
    return as_exact_as(gross, gross * HUNDRED / (HUNDRED + vat_percent))


def changed(
    net: Decimal, gross: Decimal, percent: Decimal, *, vat_percent: Decimal | None, basis: Basis = Basis.NET
) -> tuple[Decimal, Decimal]:
    """Both prices after a markup (positive) or a discount (negative) of so many percent; 0 changes nothing.

    The price the document counts from is changed and rounded, each as exact as its price was; the other follows by VAT,
    or by the ratio of the two where the rate is not known.
    """
    if not percent or not net or not gross:
        return net, gross
    factor = (HUNDRED + percent) / HUNDRED
    rate = (HUNDRED + vat_percent) / HUNDRED if vat_percent is not None else gross / net
    if basis is Basis.NET:
        lower = as_exact_as(net, net * factor)
        return lower, as_exact_as(gross, lower * rate)
    lower = as_exact_as(gross, gross * factor)
    return as_exact_as(net, lower / rate), lower
