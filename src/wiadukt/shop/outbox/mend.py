"""What a person may do with a message: say it again, say it otherwise, drop it, take that back; always recorded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from wiadukt.shop.outbox.models import DONE, Deed, Intervention, MessageState, OutboundMessage
from wiadukt.shop.outbox.write import wake

PORTION = 1_000


class CannotMend(Exception):
    """The message is done: it was delivered or discarded meanwhile."""


class Overtaken(Exception):
    """A younger message of the same object has been delivered: said now, the older one would undo it."""


class ChangedMeanwhile(Exception):
    """Somebody else edited the message while this person did."""


def fingerprint(payload: dict[str, Any]) -> str:
    """Tells two texts of a message apart."""
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def retry(message_id: int, author: str) -> OutboundMessage:
    """Now, whatever the waiting time; a rejected one waits again."""
    return _mend(message_id, author, Deed.RETRIED)


@transaction.atomic
def edit(message_id: int, author: str, payload: dict[str, Any], *, reason: str = "", seen: str) -> OutboundMessage:
    """Says `payload` from now on, which the caller has checked; what was said before is kept.

    `seen` is the fingerprint of the text that the author started from. Raises ChangedMeanwhile when it is another now.
    """
    if fingerprint(_unsaid(message_id).payload) != seen:
        raise ChangedMeanwhile
    return _mend(message_id, author, Deed.EDITED, reason, payload)


@transaction.atomic
def discard(message_id: int, author: str, reason: str) -> OutboundMessage:
    """Never says it; messages behind it go on."""
    message = _unsaid(message_id)
    message.state, message.claimed_until = MessageState.DISCARDED, None
    message.attempts += 1  # a worker that is saying it now has lost its claim
    message.save(update_fields=["state", "claimed_until", "attempts"])
    Intervention.objects.create(message=message, author=author, deed=Deed.DISCARDED, reason=reason)
    wake()
    return message


@transaction.atomic
def take_back(message_id: int, author: str, reason: str) -> OutboundMessage:
    """A discarded message waits again, in its own turn.

    Raises CannotMend when it is not discarded, Overtaken when a younger one of its object was delivered meanwhile.
    """
    message = OutboundMessage.objects.select_for_update().get(pk=message_id)
    if message.state != MessageState.DISCARDED:
        raise CannotMend
    younger = OutboundMessage.objects.filter(order_key=message.order_key, id__gt=message.pk)
    if younger.filter(state=MessageState.DELIVERED).exists():
        raise Overtaken
    return _again(message, author, Deed.TAKEN_BACK, reason)


def retry_all(messages: QuerySet[OutboundMessage], author: str) -> int:
    """In portions, each in a transaction of its own; returns how many."""
    retried = 0
    message_ids = list(messages.exclude(state__in=DONE).order_by("id").values_list("pk", flat=True))
    for start in range(0, len(message_ids), PORTION):
        retried += retry_portion(message_ids[start : start + PORTION], author)
    return retried


@transaction.atomic
def retry_portion(message_ids: Sequence[int], author: str) -> int:
    """Those of them that are not done wait again; returns how many."""
    unsaid = OutboundMessage.objects.filter(pk__in=message_ids).exclude(state__in=DONE)
    return _wait_again(unsaid, author, Deed.RETRIED)


@transaction.atomic
def replay_portion(message_ids: Sequence[int], author: str) -> int:
    """Those that were delivered are said once more: whoever takes them knows their numbers. Returns how many."""
    told = OutboundMessage.objects.filter(pk__in=message_ids, state=MessageState.DELIVERED)
    return _wait_again(told, author, Deed.REPLAYED)


@transaction.atomic
def say_otherwise(message_ids: Sequence[int], author: str, *, field: str, value: str, reason: str) -> int:
    """Those that are rejected say `value` in this field from now on, and wait again; what they said before is kept.
    Returns how many."""
    rejected = OutboundMessage.objects.filter(pk__in=message_ids, state=MessageState.REJECTED)
    held = list(rejected.order_by("id").select_for_update())
    for message in held:
        _again(message, author, Deed.EDITED, reason, message.payload | {field: value})
    return len(held)


def _wait_again(messages: QuerySet[OutboundMessage], author: str, deed: Deed) -> int:
    held = list(messages.order_by("id").select_for_update().values_list("pk", flat=True))
    OutboundMessage.objects.filter(pk__in=held).update(
        state=MessageState.WAITING, refusal=None, next_attempt_at=timezone.now(), claimed_until=None
    )
    Intervention.objects.bulk_create([Intervention(message_id=pk, author=author, deed=deed) for pk in held])
    wake()
    return len(held)


def _mend(
    message_id: int, author: str, deed: Deed, reason: str = "", payload: dict[str, Any] | None = None
) -> OutboundMessage:
    return _again(_unsaid(message_id), author, deed, reason, payload)


def _again(
    message: OutboundMessage, author: str, deed: Deed, reason: str = "", payload: dict[str, Any] | None = None
) -> OutboundMessage:
    old = message.payload if payload is not None else None
    if payload is not None:
        message.payload = payload
        message.attempts += 1  # what a worker is saying now is the old text: its answer counts for nothing
    message.state, message.refusal = MessageState.WAITING, None
    message.next_attempt_at, message.claimed_until = timezone.now(), None
    message.save()
    Intervention.objects.create(message=message, author=author, deed=deed, reason=reason, old_payload=old)
    wake()
    return message


def _unsaid(message_id: int) -> OutboundMessage:
    message = OutboundMessage.objects.select_for_update().get(pk=message_id)
    if message.state in DONE:
        raise CannotMend
    return message
