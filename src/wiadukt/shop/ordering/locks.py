"""Every lock of ordering, by name. Taken in the order of keys; what one computes from is read after it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from oscar.core.loading import get_model

from wiadukt.shop import bulk

STOCK_FIELDS = ["available", "num_in_stock", "num_allocated", "price", "price_currency"]


def lock_stock(product_ids: Iterable[int]) -> dict[int, Any]:
    """What the stock records say, by product id, locked until the end of the transaction.

    Whoever allocates stock or sets what is allocated holds it, so that the last piece is promised once.
    """
    rows = get_model("partner", "StockRecord").objects.filter(bulk.among("product_id", set(product_ids)))
    locked = rows.order_by("pk").select_for_update(no_key=True)
    return {row["product_id"]: row for row in locked.values("pk", "product_id", *STOCK_FIELDS)}
