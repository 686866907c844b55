"""What was ordered in the shop and is not yet missing from the stock that WAPRO names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from oscar.core.loading import get_model

from wiadukt.shop.ordering.messages import PLACED
from wiadukt.shop.organisations.approval import UNPLACED
from wiadukt.shop.outbox.models import MessageState, OutboundMessage

UNANSWERED = (MessageState.WAITING, MessageState.REJECTED)


def keep(line: Any) -> None:
    """Allocates the goods of a line of a basket or of an order, whose stock the caller has locked.

    One statement; Oscar's own reads the product's class and the record again.
    """
    if line.product.get_product_class().track_stock:
        record = get_model("partner", "StockRecord").objects.filter(pk=line.stockrecord_id)
        record.update(num_allocated=Coalesce("num_allocated", Decimal(0)) + line.quantity)


def not_yet_in_wapro(product_ids: Sequence[int], read_at: datetime) -> dict[int, Decimal]:
    """Quantities by product id of orders that stock read at `read_at` (by the shop's clock) may not know.

    These are the orders that WAPRO has not taken, or took after that moment. One that a person discarded holds nothing.
    What is counted here and in WAPRO's figure as well is counted once as soon as the order's goods are read again.
    """
    told = OutboundMessage.objects.filter(kind=PLACED)
    taken_later = told.filter(state=MessageState.DELIVERED, delivered_at__gte=read_at)
    under_way = told.filter(state__in=UNANSWERED)
    numbers = [*taken_later.values_list("key", flat=True), *under_way.values_list("key", flat=True)]
    discarded = Exists(told.filter(key=OuterRef("order__number"), state=MessageState.DISCARDED))
    lines = get_model("order", "Line").objects.filter(product_id__in=product_ids, order__is_gone=False)
    lines = lines.filter(Q(order__number__in=numbers) | (Q(order__erp_id=None) & ~discarded))
    lines = (
        lines.exclude(order__approval__in=UNPLACED)
        .exclude(order__erp_state="cancelled")
        .exclude(product__product_class__made_to_order=True)
    )
    return dict(lines.order_by().values_list("product_id").annotate(Sum("quantity")))
