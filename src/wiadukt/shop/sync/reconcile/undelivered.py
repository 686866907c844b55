"""Orders of the shop that WAPRO does not have, and what becomes of them."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wiadukt.contract.base import Kind
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.ordering.messages import PLACED, write_placed
from wiadukt.shop.organisations.approval import UNPLACED
from wiadukt.shop.outbox.models import MessageState, OutboundMessage
from wiadukt.shop.sync.models import Cause, Drift, Problem

GRACE = timedelta(minutes=10)


def undelivered_orders(*, repair: bool) -> list[Drift]:
    """Orders placed more than ten minutes ago without a document in WAPRO.

    One that waits for its turn is no drift. One that WAPRO refused waits for a person, and one that a person discarded
    stays so. One that nobody is telling WAPRO about is told again: its number is the key, so no second document can
    come of it.
    """
    late = Order.objects.filter(erp_id=None, is_gone=False, date_placed__lt=timezone.now() - GRACE)
    late = late.exclude(approval__in=UNPLACED)
    drifts = []
    for order in late.exclude(erp_state="cancelled").select_related("organisation", "delivery_place", "user"):
        message = OutboundMessage.objects.filter(kind=PLACED, key=order.number).order_by("-id").first()
        if message is not None and message.state == MessageState.WAITING:
            continue
        drift = Drift(kind=Kind.ORDER, object_id=order.number, problem=Problem.NOT_IN_ERP, cause=Cause.UNKNOWN)
        if message is not None and message.state == MessageState.REJECTED:
            drift.cause, drift.detail = Cause.REFUSED_BY_ERP, message.last_answer[:2000]
        elif message is not None and message.state == MessageState.DISCARDED:
            deed = message.interventions.first()
            drift.cause, drift.detail = Cause.DISCARDED, f"{deed.author}: {deed.reason}" if deed else ""
        elif repair:
            with transaction.atomic():
                write_placed(order)
            drift.repair_asked = True
        drifts.append(drift)
    return drifts
