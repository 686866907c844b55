"""What a person may do with a message: say it again, say it otherwise, or drop it; always recorded."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from wiadukt.shop.outbox.models import DONE, Deed, Intervention, MessageState, OutboundMessage
from wiadukt.shop.outbox.write import wake


class CannotMend(Exception):
    """The message is done: it was delivered or discarded meanwhile."""


@transaction.atomic
def retry(message_id: int, author: str) -> OutboundMessage:
    """Now, whatever the waiting time; a rejected one waits again."""
    return _mend(message_id, author, Deed.RETRIED)


@transaction.atomic
def edit(message_id: int, author: str, payload: dict[str, Any], reason: str = "") -> OutboundMessage:
    """Says `payload` from now on, which the caller has checked; what was said before is kept."""
    return _mend(message_id, author, Deed.EDITED, reason, payload)


@transaction.atomic
def discard(message_id: int, author: str, reason: str) -> OutboundMessage:
    """Never says it; messages behind it go on."""
    message = _unsaid(message_id)
    message.state, message.claimed_until = MessageState.DISCARDED, None
    message.attempts += 1  # a worker that is saying it now has lost its claim
    message.save(update_fields=["state", "claimed_until", "attempts"])
    Intervention.objects.create(message=message, author=author, deed=Deed.DISCARDED, reason=reason)
    wake(message.order_key)
    return message


def retry_all(messages: QuerySet[OutboundMessage], author: str) -> int:
    """Each in a transaction of its own; returns how many."""
    retried = 0
    for message_id in messages.exclude(state__in=DONE).order_by("id").values_list("pk", flat=True):
        try:
            retry(message_id, author)
        except CannotMend:
            continue
        retried += 1
    return retried


def _mend(
    message_id: int, author: str, deed: Deed, reason: str = "", payload: dict[str, Any] | None = None
) -> OutboundMessage:
    message = _unsaid(message_id)
    old = message.payload if payload is not None else None
    if payload is not None:
        message.payload = payload
        message.attempts += 1  # what a worker is saying now is the old text: its answer counts for nothing
    message.state, message.refusal = MessageState.WAITING, None
    message.next_attempt_at, message.claimed_until = timezone.now(), None
    message.save()
    Intervention.objects.create(message=message, author=author, deed=deed, reason=reason, old_payload=old)
    wake(message.order_key)
    return message


def _unsaid(message_id: int) -> OutboundMessage:
    message = OutboundMessage.objects.select_for_update().get(pk=message_id)
    if message.state in DONE:
        raise CannotMend
    return message
