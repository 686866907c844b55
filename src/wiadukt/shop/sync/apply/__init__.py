"""Contract objects -> the shop's rows, with history; one file an object kind, all called the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wiadukt.contract.base import Kind
from wiadukt.shop.sync.apply.batch import Batch
from wiadukt.shop.sync.apply.customers import apply_customers
from wiadukt.shop.sync.apply.invoices import apply_invoices
from wiadukt.shop.sync.apply.orders import apply_orders
from wiadukt.shop.sync.apply.products import apply_products

Applier = Callable[[list[Any], list[str], Batch], None]

APPLIERS: dict[Kind, Applier] = {
    Kind.CUSTOMER: apply_customers,
    Kind.PRODUCT: apply_products,
    Kind.ORDER: apply_orders,
    Kind.INVOICE: apply_invoices,
}

__all__ = ["APPLIERS", "Batch"]
