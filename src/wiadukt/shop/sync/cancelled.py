"""What production and WAPRO answered to a buyer's wish to cancel his order."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wiadukt.contract.order import CancellationReceipt
from wiadukt.contract.states import CancellationObstacle
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.history import record
from wiadukt.shop.ordering.cancellation import Cancellation
from wiadukt.shop.ordering.cancelling import ask_wapro
from wiadukt.shop.ordering.messages import WORK_CANCELLED, reinstate
from wiadukt.shop.organisations.access import member_of
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.questions import talk


def note_production(receipt: CancellationReceipt, message: OutboundMessage) -> None:
    """Nothing will be made: now WAPRO is asked. Or it is being made already."""
    order = Order.objects.select_for_update(of=("self",)).get(number=receipt.number)
    if receipt.cancelled:
        ask_wapro(order)
    else:
        _end(order, receipt, Cancellation.REFUSED, message)


def note_wapro(receipt: CancellationReceipt, message: OutboundMessage) -> None:
    order = Order.objects.select_for_update(of=("self",)).get(number=receipt.number)
    if not receipt.cancelled:
        let_go = OutboundMessage.objects.filter(kind=WORK_CANCELLED, key=order.number, payload__in_favour_of=None)
        if let_go.exists():
            reinstate(order, instead_of=order)
    _end(order, receipt, Cancellation.DONE if receipt.cancelled else Cancellation.REFUSED, message)


def _end(order: Order, receipt: CancellationReceipt, what: Cancellation, message: OutboundMessage) -> None:
    """One that was too late becomes a question to whoever looks after the branch, in the buyer's name."""
    old, order.cancellation = order.cancellation, what
    order.save(update_fields=["cancellation"])
    about = {"message_id": f"outbox-{message.pk}"}
    record.save([record.change("order", order, "cancellation", old, what.value, **about)])
    member = member_of(order.cancelled_by) if order.cancelled_by else None
    if what is Cancellation.REFUSED and member is not None:
        number = order.display_number
        subject = _("Please cancel order %(number)s") % {"number": number}
        text = _("I wanted to cancel order %(number)s, but %(why)s. Can it still be done?")
        text %= {"number": number, "why": _why(receipt.reason)}
        talk.ask(member, order.branch, subject, text, talk.About(order=order))


def _why(reason: CancellationObstacle | None) -> str:
    if reason is CancellationObstacle.IN_PRODUCTION:
        return _("production has begun")
    if reason is CancellationObstacle.AT_MACHINE:
        return _("it is at a machine already that does not give it back")
    if reason is CancellationObstacle.ON_ITS_WAY:
        return _("it is on its way already")
    return _("the office has taken it up")
