"""Outbox -> the connector and production: in turn, for ever while they are out, once however often repeated."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import ValidationError

from wiadukt.contract.address_change import AddressChange, DeliveryPlaceChange
from wiadukt.contract.base import ContractModel, Kind
from wiadukt.contract.errors import Busy, Misconfigured, Refused, Unreachable
from wiadukt.contract.job_order import WorkRequest
from wiadukt.contract.order import CancellationRequest, PlacedOrder, Reinstatement
from wiadukt.contract.problem import Problem
from wiadukt.runtime import trace
from wiadukt.runtime.backoff import delay
from wiadukt.shop.addresses import settle
from wiadukt.shop.addresses.waiting import ADDRESS_CHANGED, PLACE_CHANGED
from wiadukt.shop.addresses.waiting import KINDS as ADDRESS_KINDS
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.history import record
from wiadukt.shop.ordering import notices
from wiadukt.shop.ordering.messages import CANCELLED, PLACED, WORK_CANCELLED, WORK_REINSTATED, WORK_REQUESTED
from wiadukt.shop.outbox import gate
from wiadukt.shop.outbox.invalid import in_words
from wiadukt.shop.outbox.models import Attempt, Deed, Destination, Intervention, MessageState, OutboundMessage, Outcome
from wiadukt.shop.roads.pausing import NOT_PAUSED
from wiadukt.shop.sync import cancelled, changed, inbox
from wiadukt.shop.sync.client import Connector, Production
from wiadukt.shop.sync.observe import DELIVERY_SECONDS

M = TypeVar("M", bound=ContractModel)
OURS = "Wiadukt"
"""Who gives up a change that was refused: no person."""
LONG_S, TURN_S = 0.2, 1.0
BUSY_CAP_S = 30.0
"""Somebody closes a card sooner than a server is mended."""
log = structlog.get_logger()
# Behind no other of its key, on a road that nobody has closed; what another worker claims just now is its own.
_CLAIMED = """
WITH next AS (
    SELECT id, claimed_until FROM outbox_outboundmessage one
    WHERE destination = %(destination)s AND state = 'waiting' AND {open}
        AND (claimed_until IS NULL OR claimed_until < %(now)s)
        AND NOT EXISTS (
            SELECT FROM outbox_outboundmessage older WHERE older.order_key = one.order_key AND older.id < one.id
                AND older.state NOT IN ('delivered', 'discarded'))
        {which} LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE outbox_outboundmessage said SET claimed_until = %(until)s, attempts = attempts + 1
FROM next WHERE said.id = next.id RETURNING said.*, next.claimed_until AS held_until
"""
_OPEN = NOT_PAUSED.format(road="'to_' || %(destination)s")
_CLAIM = _CLAIMED.format(open=_OPEN, which="AND next_attempt_at <= %(now)s ORDER BY next_attempt_at, id")
# Whoever tries a destination that did not answer does not wait for his message's own pause; one that was never tried
# goes first, so that a message which fails by itself keeps no other waiting.
_CLAIM_TO_TRY = _CLAIMED.format(open=_OPEN, which="ORDER BY attempts, id")


@dataclass(frozen=True)
class Receivers:
    """Who is on the other end."""

    connector: Connector
    production: Production


def run(to: Receivers, call_another: Callable[[], None], turn_s: float = TURN_S) -> None:
    """Says whatever is due, oldest first, to each receiver in turn.

    One who is at it for long calls another to say the rest beside him, and after `turn_s` leaves it to others: a worker
    has other work, too.
    """
    began = time.monotonic()
    was_called = False
    while _say_one_to_each(to):
        took_s = time.monotonic() - began
        if took_s > LONG_S and not was_called:
            call_another()
            was_called = True
        if took_s > turn_s:
            return


def _say_one_to_each(to: Receivers) -> bool:
    """Says the oldest message that is due at each receiver; whether there was any."""
    said_any = False
    closed = gate.closed()
    for destination in Destination:
        message = _claim(destination, closed)
        if message is None:
            continue
        said_any = True
        with trace.going_on(message.traceparent, f"message {message.kind}"):
            said = _attempt(message, to)
            trace.named(f"message {message.kind}", failed=said.outcome != Outcome.DELIVERED, key=message.key)
            _keep(message, said)
        DELIVERY_SECONDS.labels(destination, said.outcome).observe(said.duration_ms / 1000)
        if said.outcome == Outcome.OUTAGE:
            gate.note_failure(destination, said.answer, said.wished)
        elif said.outcome != Outcome.DEFECT:
            gate.note_answer(destination)
    return said_any


@dataclass
class Said:
    """What came of an attempt. `note` runs in the transaction that marks the message delivered; `wished` is the pause
    for which a receiver in trouble asked."""

    outcome: Outcome
    answer: str
    started: float
    note: Callable[[], None] = lambda: None
    refusal: Problem | None = None
    wished: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        self.answer = _storable(self.answer)

    @property
    def duration_ms(self) -> int:
        return int((time.monotonic() - self.started) * 1000)


def _attempt(message: OutboundMessage, to: Receivers) -> Said:
    """Says the message once. Never raises: whatever happens belongs to this message's story and stops no other."""
    started = time.monotonic()
    try:
        answer, note = _say(message, to)
    except Refused as refusal:
        return Said(Outcome.REFUSED, str(refusal), started, refusal=Problem.of(refusal))
    except Busy as busy:
        return Said(Outcome.BUSY, busy.cause, started)
    except Unreachable as outage:
        return Said(Outcome.OUTAGE, str(outage), started, wished=timedelta(seconds=outage.retry_after_s or 0))
    except Misconfigured as outage:
        return Said(Outcome.OUTAGE, str(outage), started)
    except Exception as defect:
        return _defect(message, defect, started)
    return Said(Outcome.DELIVERED, answer, started, note=note)


def _keep(message: OutboundMessage, said: Said) -> None:
    """Notes what came of the attempt. If even that fails, the message waits with the cause and is said again later."""
    try:
        _note(message, said)
    except Exception as defect:
        _note(message, _defect(message, defect, said.started))


def _defect(message: OutboundMessage, defect: Exception, started: float) -> Said:
    log.error("message_defect", kind=message.kind, key=message.key, exc_info=defect)
    return Said(Outcome.DEFECT, f"{type(defect).__name__}: {defect}", started)


def _storable(text: str) -> str:
    """Without the one sign that PostgreSQL can't keep; a broken receiver may send it."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def _claim(destination: Destination, closed: dict[str, bool]) -> OutboundMessage | None:
    """The oldest message that is due there, unless nobody answers there and it is not the time to try again."""
    lease = timedelta(seconds=settings.ENVIRONMENT.shop_lease_s)
    now = timezone.now()
    values = {"destination": str(destination), "now": now, "until": now + lease}
    if not closed.get(destination, True):
        return None
    with transaction.atomic():
        found = list(OutboundMessage.objects.raw(_CLAIM_TO_TRY if destination in closed else _CLAIM, values))
        if not found:
            return None
        if destination in closed and not gate.may_try(destination, lease):
            transaction.set_rollback(True)
            return None
        message: OutboundMessage = found[0]
        if message.held_until is not None:
            # Whoever held it died, or is late: nobody knows whether the receiver heard it, and it is said again.
            at = message.held_until - lease
            Attempt.objects.create(message=message, outcome=Outcome.LOST, at=at, duration_ms=None)
    return message


def _say(message: OutboundMessage, to: Receivers) -> tuple[str, Callable[[], None]]:
    """The receiver's answer, and what is to be noted in the transaction that marks the message delivered."""
    if message.kind == PLACED:
        receipt = to.connector.put_order(_text_of(PlacedOrder, message))
        return receipt.model_dump_json(), lambda: _note_number(receipt.number, receipt.id, receipt.erp_number, message)
    if message.kind == WORK_REQUESTED:
        answer = to.production.put_work_request(_text_of(WorkRequest, message))
        return answer.model_dump_json(), lambda: None
    if message.kind == WORK_CANCELLED:
        work = to.production.put_cancellation(_text_of(CancellationRequest, message))
        note = changed.note_production if changed.number_in(message) else cancelled.note_production
        return work.model_dump_json(), lambda: note(work, message)
    if message.kind == WORK_REINSTATED:
        to.production.put_reinstatement(_text_of(Reinstatement, message))
        return "", lambda: None
    if message.kind == CANCELLED:
        order = to.connector.put_cancellation(_text_of(CancellationRequest, message))
        return order.model_dump_json(), lambda: cancelled.note_wapro(order, message)
    if message.kind == ADDRESS_CHANGED:
        address = to.connector.put_address(_text_of(AddressChange, message))
        return address.model_dump_json(), lambda: settle.note_address(address, message)
    if message.kind == PLACE_CHANGED:
        place = to.connector.put_place(_text_of(DeliveryPlaceChange, message))
        return place.model_dump_json(), lambda: settle.note_place(place, message)
    cause = _("Nobody takes messages of kind %(kind)s.") % {"kind": message.kind}
    raise Refused("unknown_kind", cause, remedy=_("Discard the message."))


def _text_of(contract: type[M], message: OutboundMessage) -> M:
    """The message's text; one that an older version wrote otherwise waits for a person, with the field at fault."""
    try:
        return contract.model_validate(message.payload)
    except ValidationError as error:
        field = ".".join(str(part) for part in error.errors()[0]["loc"])
        cause = _("The message's own text is not of the contract: %(why)s") % {"why": in_words(error)[0]}
        remedy = _("Edit the field and send the message again.")
        raise Refused("payload_invalid", cause, remedy=remedy, field=field, object_id=message.key) from error


def _note_number(number: str, erp_id: str, erp_number: str, message: OutboundMessage) -> None:
    order = Order.objects.select_for_update().get(number=number)
    changes = record.assign(
        "order", order, {"erp_id": erp_id, "erp_number": erp_number}, message_id=f"outbox-{message.pk}"
    )
    if changes:
        order.save(update_fields=["erp_id", "erp_number"])
        numbers = [change for change in changes if change.field == "erp_number"]
        record.save(numbers)
        notices.note(order, numbers)
    if order.replaces_id:
        changed.note_wapro(number, message)
    # Stock that was read before WAPRO took the order does not know it: only what is read from now on does.
    inbox.ask_goods_of(order)


def follow_wapro_again(message: OutboundMessage) -> None:
    """A change of an address that WAPRO will not take: its buyer is read again, so that the shop shows what holds."""
    if message.kind in ADDRESS_KINDS and "customer_id" in message.payload:
        inbox.ask({(Kind.CUSTOMER, str(message.payload["customer_id"])): f"outbox-{message.pk}"})


def _note(message: OutboundMessage, said: Said) -> bool:
    """Writes what came of it, unless the claim was lost meanwhile: then another worker's word counts, and False."""
    with transaction.atomic():
        held = OutboundMessage.objects.select_for_update(no_key=True).defer("payload").get(pk=message.pk)
        if held.attempts != message.attempts or held.state != MessageState.WAITING:
            log.warning("message_claim_lost", kind=message.kind, key=message.key, outcome=said.outcome)
            _keep_attempt(held, said, counted=False)
            return False
        held.claimed_until, held.last_answer = None, said.answer[:4000]
        held.refusal = _refusal_of(said)
        if said.outcome == Outcome.DELIVERED:
            said.note()
            held.state, held.delivered_at = MessageState.DELIVERED, timezone.now()
        elif said.outcome == Outcome.REFUSED:
            is_over = changed.note_refusal(held, said.answer)
            held.state = MessageState.DISCARDED if is_over else MessageState.REJECTED
            if is_over:
                Intervention.objects.create(message=held, author=OURS, deed=Deed.DISCARDED, reason=said.answer[:2000])
            follow_wapro_again(held)
        else:
            is_busy = said.outcome == Outcome.BUSY
            pause = delay(held.attempts, cap_s=BUSY_CAP_S) if is_busy else delay(held.attempts)
            held.next_attempt_at = timezone.now() + max(pause, said.wished)
        held.save()
        _keep_attempt(held, said, counted=True)
    log.info("message_" + said.outcome, kind=held.kind, key=held.key, to=held.destination, answer=said.answer[:300])
    return True


def _keep_attempt(message: OutboundMessage, said: Said, *, counted: bool) -> None:
    Attempt.objects.create(
        message=message,
        outcome=said.outcome,
        answer=said.answer[:2000],
        duration_ms=said.duration_ms,
        counted=counted,
    )


def _refusal_of(said: Said) -> dict[str, Any] | None:
    if said.refusal is None:
        return None
    return {
        name: _storable(value) if isinstance(value, str) else value for name, value in said.refusal.model_dump().items()
    }
