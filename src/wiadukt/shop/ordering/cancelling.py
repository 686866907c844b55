"""A buyer cancels his order: production is asked first, then WAPRO, and each may say that it is too late.

What the shop knows decides whether the button is there; what they answer decides what happens (`sync/cancelled.py`).
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wiadukt.contract.base import OrderNumber
from wiadukt.contract.order import CancellationRequest
from wiadukt.contract.states import OrderState, ProductionState
from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.signature import signature
from wiadukt.shop.history import record
from wiadukt.shop.ordering.cancellation import Cancellation
from wiadukt.shop.ordering.messages import CANCELLED, WORK_CANCELLED, WORK_REQUESTED
from wiadukt.shop.organisations.access import member_of, orders_of
from wiadukt.shop.organisations.approval import OPEN_CHANGES
from wiadukt.shop.organisations.models import Role
from wiadukt.shop.outbox.models import Destination, OutboundMessage
from wiadukt.shop.outbox.write import write

EARLY = (OrderState.NEW, OrderState.CONFIRMED)
UNBEGUN = ("", ProductionState.WAITING)


class CannotCancel(Exception):
    """It is too late, or not this person's to do."""


def may_cancel(order: Any, by: User) -> bool:
    """Whether there is any sense in asking: the buyer himself, an approver or a manager, before anybody has begun."""
    return is_his(order, by) and is_early(order) and not order.cancellation and not is_being_changed(order)


def is_his(order: Any, by: User) -> bool:
    """Whether this person may touch an order that the seller has: who ordered, or an approver or a manager."""
    member = member_of(by)
    if member is None or (order.user_id != by.pk and member.role == Role.BUYER):
        return False
    return bool(order.from_shop and order.is_placed and order.erp_id and not order.is_gone)


def is_early(order: Any) -> bool:
    """As far as the shop knows, nobody has begun."""
    if order.erp_state not in EARLY or order.production_state not in UNBEGUN or order.tracking_number:
        return False
    return not order.lines.filter(realised__gt=0).exists()


def is_being_changed(order: Any, *, besides: Any = None) -> bool:
    """By any changed order but this one."""
    others = order.changes.filter(approval__in=OPEN_CHANGES)
    return bool(others.exclude(pk=besides.pk if besides else None).exists())


@transaction.atomic
def cancel(order_id: int, by: User) -> Any:
    """Asks once. Raises CannotCancel."""
    order = orders_of(by).filter(pk=order_id).select_for_update(of=("self",)).first()
    if order is None or not may_cancel(order, by):
        raise CannotCancel(_("This order can't be cancelled here any more: ask the salesman."))
    order.cancellation, order.cancelled_by = Cancellation.ASKED, by
    order.save(update_fields=["cancellation", "cancelled_by"])
    record.save([record.change("order", order, "cancellation", "", Cancellation.ASKED.value, **signature(by))])
    if OutboundMessage.objects.filter(kind=WORK_REQUESTED, key=order.number).exists():
        write(Destination.PRODUCTION, WORK_CANCELLED, order.number, wish(order))
    else:
        ask_wapro(order)
    return order


def ask_wapro(order: Any) -> None:
    """In the caller's transaction."""
    write(Destination.WAPRO, CANCELLED, order.number, wish(order))


def wish(order: Any) -> CancellationRequest:
    return CancellationRequest(number=OrderNumber(order.number))
