"""How WAPRO rounds, once for both sides.

A price per unit has up to four decimals and is never rounded by itself: 10,000 screws at 0.0525 are 525.00 and not
500.00. The value of a line is quantity times price, net and gross each by itself, rounded half up to a grosz; an order
is the sum of its lines.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

GROSZ = Decimal("0.01")


def grosz(amount: Decimal) -> Decimal:
    """The amount in whole grosze, half up."""
    return amount.quantize(GROSZ, ROUND_HALF_UP)


def line_value(quantity: Decimal | int, unit_price: Decimal) -> Decimal:
    """What a line is worth at this price per unit."""
    return grosz(quantity * unit_price)
