"""What nobody needs any more: events long counted, messages long delivered, attempts long made.

A discarded message stays: without it nobody would know that its order is not to be told to WAPRO.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from wiadukt.shop.outbox.models import Attempt, MessageState, OutboundMessage
from wiadukt.shop.sync.models import FailedBatch, InboxEvent

PORTION = 5_000


def prune() -> int:
    """Deletes in portions, so that no lock lasts; returns how many rows.

    A message that waits or was refused stays, and so does one that a person discarded: it is the only trace of why
    nobody tells WAPRO, and without it the comparison would. Of each that stays, old attempts go.
    """
    before = timezone.now() - timedelta(days=settings.ENVIRONMENT.shop_keep_days)
    old = [
        (OutboundMessage, OutboundMessage.objects.filter(state=MessageState.DELIVERED, created_at__lt=before)),
        (Attempt, Attempt.objects.filter(at__lt=before)),
        (InboxEvent, InboxEvent.objects.filter(received_at__lt=before)),
        (FailedBatch, FailedBatch.objects.filter(at__lt=before)),
    ]
    pruned = 0
    for model, rows in old:
        while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:PORTION]):
            model.objects.filter(pk__in=keys).delete()
            pruned += len(keys)
    return pruned
