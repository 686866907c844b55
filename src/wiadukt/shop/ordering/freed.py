"""Goods that an order keeps and that come free when a changed one takes its place."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from wiadukt.shop.stock.rules import InStock


def freed_by(order: Any) -> dict[int, Decimal]:
    """Quantities by product id; nothing when no order gives way."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    for line in order.lines.exclude(product=None) if order is not None else ():
        found[line.product_id] += line.quantity - line.realised
    return found


def with_freed(availability: Any, quantity: Decimal | int) -> Any:
    """Of any policy of availability; only stock is kept for anybody."""
    return availability.with_freed(quantity) if quantity and isinstance(availability, InStock) else availability
