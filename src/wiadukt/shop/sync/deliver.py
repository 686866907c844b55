"""Outbox -> the connector and production: in turn, for ever while they are out, once however often repeated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wiadukt.contract.errors import Misconfigured, Refused, Unreachable
from wiadukt.contract.job_order import WorkRequest
from wiadukt.contract.order import PlacedOrder
from wiadukt.runtime.backoff import delay
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.history import record
from wiadukt.shop.ordering.messages import PLACED, WORK_REQUESTED
from wiadukt.shop.outbox.models import MessageState, OutboundMessage
from wiadukt.shop.sync.client import Connector, Production

log = structlog.get_logger()


@dataclass(frozen=True)
class Receivers:
    """Who is on the other end."""

    connector: Connector
    production: Production


def deliver(order_key: str, to: Receivers) -> None:
    """Says what waits under this key, oldest first; stops at the first that can't be said now."""
    while (message := _claim(order_key)) is not None:
        try:
            answer, note = _say(message, to)
        except Refused as refusal:
            _finish(message, MessageState.REJECTED, str(refusal))
            return
        except (Unreachable, Misconfigured) as outage:
            _postpone(message, str(outage))
            return
        _finish(message, MessageState.DELIVERED, answer, note)


def due_keys() -> list[str]:
    """Keys with something to say now: what a lost wake-up or a killed worker left behind."""
    due = OutboundMessage.objects.filter(_free(), state=MessageState.WAITING, next_attempt_at__lte=timezone.now())
    return list(due.order_by().values_list("order_key", flat=True).distinct()[:500])


def _free() -> Q:
    return Q(claimed_until=None) | Q(claimed_until__lt=timezone.now())


def _claim(order_key: str) -> OutboundMessage | None:
    """The oldest message of the key, unless it is not due, claimed by another worker, or behind a rejected one."""
    with transaction.atomic():
        unsaid = OutboundMessage.objects.filter(order_key=order_key).exclude(state=MessageState.DELIVERED)
        oldest = unsaid.order_by("id").select_for_update().first()
        now = timezone.now()
        if oldest is None or oldest.state == MessageState.REJECTED or oldest.next_attempt_at > now:
            return None
        if oldest.claimed_until is not None and oldest.claimed_until > now:
            return None
        oldest.claimed_until = now + timedelta(seconds=settings.ENVIRONMENT.shop_lease_s)
        oldest.attempts += 1
        oldest.save(update_fields=["claimed_until", "attempts"])
        return oldest


def _say(message: OutboundMessage, to: Receivers) -> tuple[str, Callable[[], None]]:
    """The receiver's answer, and what is to be noted in the transaction that marks the message delivered."""
    if message.kind == PLACED:
        receipt = to.connector.put_order(PlacedOrder.model_validate(message.payload))
        return receipt.model_dump_json(), lambda: _note_number(receipt.number, receipt.id, receipt.erp_number, message)
    if message.kind == WORK_REQUESTED:
        answer = to.production.put_work_request(WorkRequest.model_validate(message.payload))
        return answer.model_dump_json(), lambda: None
    raise Refused("unknown_kind", f"Nobody takes messages of kind {message.kind}.", remedy="Discard the message.")


def _note_number(number: str, erp_id: str, erp_number: str, message: OutboundMessage) -> None:
    order = Order.objects.select_for_update().get(number=number)
    changes = record.assign(
        "order", order, {"erp_id": erp_id, "erp_number": erp_number}, message_id=f"outbox-{message.pk}"
    )
    if changes:
        order.save(update_fields=["erp_id", "erp_number"])
        record.save([change for change in changes if change.field == "erp_number"])


def _finish(message: OutboundMessage, state: str, answer: str, note: Callable[[], Any] = lambda: None) -> None:
    with transaction.atomic():
        note()
        message.state, message.last_answer, message.claimed_until = state, answer[:4000], None
        message.delivered_at = timezone.now() if state == MessageState.DELIVERED else None
        message.save(update_fields=["state", "last_answer", "claimed_until", "delivered_at"])
    log.info("message_" + state, kind=message.kind, key=message.key, to=message.destination)


def _postpone(message: OutboundMessage, cause: str) -> None:
    message.next_attempt_at = timezone.now() + delay(message.attempts)
    message.claimed_until, message.last_answer = None, cause[:4000]
    message.save(update_fields=["next_attempt_at", "claimed_until", "last_answer"])
    log.warning("message_waits", kind=message.kind, key=message.key, cause=cause)
