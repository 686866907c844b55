"""What production and WAPRO answered to a changed order that is to take the place of the first one."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wiadukt.contract.order import CancellationReceipt
from wiadukt.contract.states import CancellationObstacle
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.history import record
from wiadukt.shop.ordering.allocated import keep
from wiadukt.shop.ordering.change_requests import give_up
from wiadukt.shop.ordering.confirmation import confirm_later
from wiadukt.shop.ordering.locks import lock_stock
from wiadukt.shop.ordering.messages import PLACED, WORK_CANCELLED, write_to_wapro, write_work
from wiadukt.shop.ordering.models import OrderFile
from wiadukt.shop.organisations.approval import Approval
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.sync import inbox


def number_in(message: OutboundMessage) -> str:
    """The changed order whose turn this message is; empty when it is about none."""
    if message.kind == PLACED and message.payload.get("replaces"):
        return str(message.key)
    return str(message.payload.get("in_favour_of") or "") if message.kind == WORK_CANCELLED else ""


def note_production(receipt: CancellationReceipt, message: OutboundMessage) -> None:
    """The first order is not made: now WAPRO is asked. Or it is being made already."""
    order = _hold(number_in(message))
    if order.approval != Approval.CHANGING:
        return
    if receipt.cancelled:
        write_to_wapro(order)
    else:
        give_up(order, _why(receipt.reason), **_about(message))


def note_wapro(number: str, message: OutboundMessage) -> None:
    """WAPRO has the changed order and has cancelled the first: it is placed now, as any other order."""
    order = _hold(number)
    if order.is_placed:
        return
    order.approval = Approval.APPROVED if order.decided_by else Approval.NONE
    order.save(update_fields=["approval"])
    lock_stock(order.lines.exclude(product=None).values_list("product_id", flat=True))
    for line in order.lines.exclude(product=None).select_related("product__product_class"):
        keep(line)
        line.num_allocated = line.quantity
        line.save(update_fields=["num_allocated"])
    for file in OrderFile.objects.filter(order=order.replaces):
        file.pk, file.order = None, order
        file.save()
    record.save([record.change("order", order.replaces, "replaced_by", "", number, **_about(message))])
    write_work(order)
    confirm_later(order)
    inbox.ask_goods_of(order.replaces)


def note_refusal(message: OutboundMessage, why: str) -> bool:
    """Whether the message was about a changed order, which then is given up: nobody says the message any more."""
    number = number_in(message)
    if not number:
        return False
    order = _hold(number)
    if order.approval == Approval.CHANGING:
        give_up(order, why, **_about(message))
    return True


def _why(reason: CancellationObstacle | None) -> str:
    if reason is CancellationObstacle.IN_PRODUCTION:
        return _("production has begun")
    if reason is CancellationObstacle.AT_MACHINE:
        return _("it is at a machine already that does not give it back")
    return _("production refused it")


def _hold(number: str) -> Order:
    return Order.objects.select_for_update(of=("self",)).select_related("replaces", "branch").get(number=number)


def _about(message: OutboundMessage) -> dict[str, str]:
    return {"message_id": f"outbox-{message.pk}"}
