"""Oscar's order placement, with our number and with the messages in the same transaction as the order.

Oscar sends `order_placed` after its own transaction; a receiver of it would be too late for the outbox.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from oscar.apps.order import utils
from oscar.apps.order.utils import OrderDispatcher

from wiadukt.shop.forks.partner.strategy import PriceOfSize
from wiadukt.shop.ordering import messages
from wiadukt.shop.ordering.allocated import keep
from wiadukt.shop.ordering.attached import take_along
from wiadukt.shop.ordering.changing import number_of_change
from wiadukt.shop.organisations.approval import UNPLACED
from wiadukt.shop.sizes.chosen import kept

__all__ = ["OrderCreator", "OrderDispatcher", "OrderNumberGenerator"]

NUMBER_SEQUENCE = "wiadukt_order_number"


class OrderNumberGenerator(utils.OrderNumberGenerator):
    """Numbers from a database sequence: Oscar's `100000 + basket.id` may repeat, and ours is the idempotency key. A
    changed order keeps the number of the first one with what change it is behind a dot."""

    def order_number(self, basket: Any = None) -> str:
        if basket is not None and basket.changes_id:
            return number_of_change(basket.changes)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT nextval('{NUMBER_SEQUENCE}')")
            return f"WD-{cursor.fetchone()[0]}"


class OrderCreator(utils.OrderCreator):
    """Places an order and says so to WAPRO and to production, or does neither.

    One that waits for approval, or is to take another's place, keeps no goods and is told to nobody yet:
    `ordering.approving` and `sync.changed` do both later, once.
    """

    def place_order(self, *args: Any, **kwargs: Any) -> Any:
        basket = kwargs["basket"] if "basket" in kwargs else args[0]
        with transaction.atomic():
            if not kwargs.get("order_number"):
                kwargs["order_number"] = OrderNumberGenerator().order_number(basket)
            self._waits = kwargs.get("approval") in UNPLACED
            order = super().place_order(*args, **kwargs)
            take_along(basket, order)
            if not self._waits:
                messages.write_placed(order)
            return order

    def update_stock_records(self, line: Any) -> None:
        if not self._waits:
            keep(line)

    def create_line_price_models(self, order: Any, order_line: Any, basket_line: Any) -> None:
        """Oscar keeps here at what price how many whole pieces went; nothing asks for it, the line has it all."""

    def _next_line_no(self, order: Any) -> int:
        """Counted here: one creator makes one order."""
        self._line_no: dict[int, int] = getattr(self, "_line_no", {})
        self._line_no[order.pk] = self._line_no.get(order.pk, 0) + 1
        return self._line_no[order.pk]

    def create_line_models(self, order: Any, basket_line: Any, extra_line_fields: dict[str, Any] | None = None) -> Any:
        extra = {
            "line_no": self._next_line_no(order),
            "unit": basket_line.product.portions.unit,
            "note": basket_line.note,
            "parameters": _chosen(basket_line),
            "num_allocated": 0 if self._waits else basket_line.quantity,
            **(extra_line_fields or {}),
        }
        return super().create_line_models(order, basket_line, extra)


def _chosen(basket_line: Any) -> list[dict[str, str]]:
    """What the price was counted for: the rule may have dropped a parameter since it was put into the basket."""
    price = basket_line.purchase_info.price
    return kept(price.judged.chosen) if isinstance(price, PriceOfSize) else []
