"""A buyer changes his order: a changed one takes its place, whole, or it stays as it was (docs/adr/0021).

He fills a basket that holds what the order holds, and sends it as any other: prices, stock, limits and credit are asked
again. Then production lets the first order go, WAPRO cancels it and makes the changed one in one transaction, and
production takes that up. Whoever says no leaves everything as it was, and a person of the seller's is asked
(`change_requests`). What they answer comes to `sync/changed.py`.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from oscar.core.loading import get_class, get_model

from wiadukt.contract.base import OrderNumber
from wiadukt.contract.order import CancellationRequest
from wiadukt.contract.states import OrderState
from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.signature import signature
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change
from wiadukt.shop.ordering import baskets
from wiadukt.shop.ordering.cancellation import Cancellation
from wiadukt.shop.ordering.cancelling import is_being_changed, is_early, is_his
from wiadukt.shop.ordering.change_requests import ask_seller
from wiadukt.shop.ordering.differences import differences
from wiadukt.shop.ordering.messages import WORK_CANCELLED, WORK_REQUESTED, write_to_wapro
from wiadukt.shop.ordering.notices import OF_LINE
from wiadukt.shop.organisations.access import orders_of
from wiadukt.shop.organisations.approval import Approval
from wiadukt.shop.outbox.models import Destination, OutboundMessage
from wiadukt.shop.outbox.write import write

KIND = "order"
OVER = (OrderState.SHIPPED, OrderState.DELIVERED, OrderState.FINISHED, OrderState.CANCELLED)


class CannotChange(Exception):
    """The text says why and what to do."""


def may_change(order: Any, by: User, *, besides: Any = None) -> bool:
    """Whether there is any sense in a change, be it by asking the seller. `besides`: this change of it is known."""
    is_open = order.erp_state not in OVER and order.cancellation in (Cancellation.NONE, Cancellation.REFUSED)
    return is_open and is_his(order, by) and not is_being_changed(order, besides=besides)


def number_of_change(order: Any) -> str:
    """`WD-100.2` is the first change of `WD-100`. The caller holds the order whose place it takes."""
    base = order.number.partition(".")[0]
    numbers = get_model("order", "Order").objects.filter(number__startswith=f"{base}.").values_list("number", flat=True)
    return f"{base}.{max((int(number.partition('.')[2]) for number in numbers), default=1) + 1}"


@transaction.atomic
def begin(order_id: int, by: User) -> Any:
    """The basket in which he changes it, filled with what the order holds. Raises CannotChange."""
    order = orders_of(by).filter(pk=order_id).first()
    if order is None or not may_change(order, by):
        raise CannotChange(_("This order can't be changed here any more: ask the salesman."))
    basket = baskets.open_for_change(by, order)
    if basket.lines.exists():
        return basket
    basket.strategy = get_class("partner.strategy", "Selector")().strategy(user=by)
    for line in order.lines.select_related("product__product_class").order_by("line_no", "id"):
        _put(basket, line)
    return basket


def _put(basket: Any, line: Any) -> None:
    info = basket.strategy.fetch_for_line(line) if line.product is not None and line.product.is_public else None
    if info is None or not info.price.exists:
        why = _("%(product)s is no longer sold, so the order can't be changed here: ask the salesman.")
        raise CannotChange(why % {"product": line.title})
    if line.parameters:
        added = basket.add_sized(line.product, line.quantity, info.price.judged.chosen)
    else:
        added, _new = basket.add_product(line.product, line.quantity)
    added.note = " | ".join(filter(None, [added.note, line.note]))[:200]
    added.save(update_fields=["note"])


def reasons_against(basket: Any, branch: Any, by: User) -> list[str]:
    """Why this basket can't take the place of the order that it changes, which is locked until the transaction ends."""
    order = orders_of(by).filter(pk=basket.changes_id).select_for_update(of=("self",)).first()
    if order is None or not may_change(order, by):
        return [_("This order can't be changed here any more: ask the salesman.")]
    if branch.pk != order.branch_id:
        return [
            _("Branch: a changed order stays with the branch of the first one, %(branch)s.") % {"branch": order.branch}
        ]
    since = Change.objects.filter(kind=KIND, object_id=order.pk, at__gte=basket.date_created)
    if any(field.partition(": ")[2] in OF_LINE for field in since.values_list("field", flat=True)):
        return [_("The seller has changed this order meanwhile: leave the change and begin it anew.")]
    return []


def stays_approved(first: Any, total_net: Any) -> bool:
    """Whoever approved the first order need not approve one that is not worth more."""
    return bool(first.approval == Approval.APPROVED and total_net <= first.total_excl_tax)


def send(order: Any, by: User) -> None:
    """In the transaction that made the changed order, or approved it: the others are asked."""
    first = order.replaces
    about = signature(by)
    changes = [record.change(KIND, first, "change", "", order.number, **about)]
    changes += [record.change(KIND, order, "replaces", "", first.number, **about)]
    for one in differences(first, order):
        field = f"{one.index[:36]}: {one.field}" if one.index else one.field
        changes.append(record.change(KIND, order, field, one.old[:200], one.new[:200], **about))
    record.save(changes)
    if not is_early(first):
        order.approval = Approval.ASKED
        order.save(update_fields=["approval"])
        ask_seller(order, "")
        return
    order.approval = Approval.CHANGING
    order.save(update_fields=["approval"])
    if OutboundMessage.objects.filter(kind=WORK_REQUESTED, key=first.number).exists():
        wish = CancellationRequest(number=OrderNumber(first.number), in_favour_of=OrderNumber(order.number))
        write(Destination.PRODUCTION, WORK_CANCELLED, first.number, wish)
    else:
        write_to_wapro(order)
