"""Outbox -> the connector and production: in turn, for ever while they are out, once however often repeated."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from wiadukt.contract.errors import Misconfigured, Refused, Unreachable
from wiadukt.contract.job_order import WorkRequest
from wiadukt.contract.order import PlacedOrder
from wiadukt.contract.problem import Problem
from wiadukt.runtime.backoff import delay
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.history import record
from wiadukt.shop.ordering.messages import PLACED, WORK_REQUESTED
from wiadukt.shop.outbox import gate
from wiadukt.shop.outbox.models import DONE, Attempt, MessageState, OutboundMessage, Outcome
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync.client import Connector, Production

MOST_AT_ONCE = 500
log = structlog.get_logger()


@dataclass(frozen=True)
class Receivers:
    """Who is on the other end."""

    connector: Connector
    production: Production


def deliver(order_key: str, to: Receivers) -> None:
    """Says what waits under this key, oldest first; stops at the first that can't be said now."""
    while (message := _claim(order_key)) is not None:
        started = time.monotonic()
        try:
            answer, note = _say(message, to)
        except Refused as refusal:
            said = Said(Outcome.REFUSED, str(refusal), started, refusal=Problem.of(refusal))
        except (Unreachable, Misconfigured) as outage:
            said = Said(Outcome.OUTAGE, str(outage), started)
        else:
            said = Said(Outcome.DELIVERED, answer, started, note=note)
        if said.outcome == Outcome.OUTAGE:
            gate.note_failure(message.destination, said.answer)
        else:
            gate.note_answer(message.destination)
        if not _note(message, said) or said.outcome != Outcome.DELIVERED:
            return


@dataclass
class Said:
    """What came of an attempt. `note` runs in the transaction that marks the message delivered."""

    outcome: Outcome
    answer: str
    started: float
    note: Callable[[], None] = lambda: None
    refusal: Problem | None = None

    @property
    def duration_ms(self) -> int:
        return int((time.monotonic() - self.started) * 1000)


def due_keys() -> list[str]:
    """Keys with something to say now, oldest first: what a lost wake-up or a killed worker left behind.

    Only the oldest message of a key counts, so nothing is woken behind a rejected one. Of a destination that does not
    answer there is one key, when the time of the next try has come; one that was never tried goes first, so that a
    message which fails by itself keeps no other waiting.
    """
    older = OutboundMessage.objects.filter(order_key=OuterRef("order_key"), id__lt=OuterRef("id")).exclude(
        state__in=DONE
    )
    due = OutboundMessage.objects.filter(
        _free(), ~Exists(older), state=MessageState.WAITING, next_attempt_at__lte=timezone.now()
    )
    closed = gate.closed()
    keys = list(due.exclude(destination__in=closed).order_by("id").values_list("order_key", flat=True)[:MOST_AT_ONCE])
    for destination, has_come in closed.items():
        if has_come:
            waiting = OutboundMessage.objects.filter(
                ~Exists(older), state=MessageState.WAITING, destination=destination
            )
            keys += waiting.order_by("attempts", "id").values_list("order_key", flat=True)[:1]
    return keys


def _free() -> Q:
    return Q(claimed_until=None) | Q(claimed_until__lt=timezone.now())


def _claim(order_key: str) -> OutboundMessage | None:
    """The oldest message of the key, unless it is not due, claimed by another worker, or behind a rejected one."""
    lease = timedelta(seconds=settings.ENVIRONMENT.shop_lease_s)
    with transaction.atomic():
        unsaid = OutboundMessage.objects.filter(order_key=order_key).exclude(state__in=DONE)
        oldest = unsaid.order_by("id").select_for_update().first()
        now = timezone.now()
        if oldest is None or oldest.state == MessageState.REJECTED:
            return None
        if oldest.claimed_until is not None and oldest.claimed_until > now:
            return None
        if not _is_its_time(oldest, lease):
            return None
        oldest.claimed_until = now + lease
        oldest.attempts += 1
        oldest.save(update_fields=["claimed_until", "attempts"])
        return oldest


def _is_its_time(message: OutboundMessage, lease: timedelta) -> bool:
    """Whoever tries a closed destination does not wait for his message's own pause."""
    is_closed = message.destination in gate.closed()
    return gate.may_try(message.destination, lease) and (is_closed or message.next_attempt_at <= timezone.now())


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
    # Stock that was read before WAPRO took the order does not know it: only what is read from now on does.
    inbox.ask_goods_of(order)


def _note(message: OutboundMessage, said: Said) -> bool:
    """Writes what came of it, unless the claim was lost meanwhile: then another worker's word counts, and False."""
    with transaction.atomic():
        held = OutboundMessage.objects.select_for_update().get(pk=message.pk)
        if held.attempts != message.attempts or held.state != MessageState.WAITING:
            log.warning("message_claim_lost", kind=message.kind, key=message.key, outcome=said.outcome)
            return False
        held.claimed_until, held.last_answer = None, said.answer[:4000]
        held.refusal = said.refusal.model_dump() if said.refusal else None
        if said.outcome == Outcome.DELIVERED:
            said.note()
            held.state, held.delivered_at = MessageState.DELIVERED, timezone.now()
        elif said.outcome == Outcome.REFUSED:
            held.state = MessageState.REJECTED
        else:
            held.next_attempt_at = timezone.now() + delay(held.attempts)
        held.save()
        answer = said.answer[:2000]
        Attempt.objects.create(
            message=held, outcome=said.outcome, answer=answer, duration_ms=said.duration_ms, at=timezone.now()
        )
    log.info("message_" + said.outcome, kind=held.kind, key=held.key, to=held.destination, answer=said.answer[:300])
    return True
