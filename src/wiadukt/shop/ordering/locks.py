"""Every lock of ordering, by name. Taken in the order of keys; what one computes from is read after it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from oscar.core.loading import get_model


def lock_stock(product_ids: Iterable[int]) -> dict[int, Any]:
    """Stock records by product id, locked until the end of the transaction.

    Whoever allocates stock or sets what is allocated holds it, so that the last piece is promised once.
    """
    rows = get_model("partner", "StockRecord").objects.filter(product_id__in=set(product_ids))
    return {row.product_id: row for row in rows.order_by("pk").select_for_update()}
