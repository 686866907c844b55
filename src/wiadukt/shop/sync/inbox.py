"""What WAPRO announced: accepted in milliseconds, claimed in batches, finished under a fence."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from wiadukt.contract.base import Kind
from wiadukt.contract.event import ThinEvent
from wiadukt.runtime.backoff import delay
from wiadukt.shop import bulk
from wiadukt.shop.sync.models import ConnectorState, InboxEvent, InboxObject, InboxState

CLAIM_SIZE = 500
MOST_ATTEMPTS_BEFORE_REJECTED = 5
# A buyer before his orders, an order before its invoices: fewer objects have to wait for another.
TURN = {Kind.CUSTOMER: 0, Kind.PRODUCT: 1, Kind.ORDER: 2, Kind.INVOICE: 3}

_ASK = """
INSERT INTO sync_inboxobject (kind, object_id, asked, applied, state, quiet, claimed_asked, attempts, next_attempt_at,
                              last_error, last_event_id, applied_digest, waits_for_customer, changed_at)
SELECT kind, object_id, 1, 0, 'waiting', %(quiet)s, 0, 0, now(), '', event_id, '', '', now()
FROM unnest(%(kinds)s::text[], %(ids)s::text[], %(events)s::text[]) AS asked(kind, object_id, event_id)
ON CONFLICT (kind, object_id) DO UPDATE
SET asked = sync_inboxobject.asked + 1, state = 'waiting', attempts = 0, next_attempt_at = now(),
    quiet = CASE WHEN sync_inboxobject.state = 'applied' THEN EXCLUDED.quiet ELSE sync_inboxobject.quiet END,
    last_event_id = EXCLUDED.last_event_id,
    waits_for_customer = '', changed_at = now()
"""


@dataclass(frozen=True)
class Claim:
    """Objects of one kind that only this worker may fetch and apply until the lease ends."""

    token: uuid.UUID
    kind: Kind
    ids: tuple[str, ...]


def accept(events: Sequence[ThinEvent]) -> int:
    """Stores events and asks for their objects; a repeated event id counts once. Returns how many were new."""
    with transaction.atomic():
        known = set(InboxEvent.objects.filter(pk__in=[event.id for event in events]).values_list("pk", flat=True))
        new = {event.id: event for event in events if event.id not in known}
        rows = [
            InboxEvent(event_id=event.id, kind=event.kind, object_id=event.subject, time=event.time)
            for event in new.values()
        ]
        # Two deliveries of one batch may race here: the second inserts nothing, and asking twice does no harm.
        InboxEvent.objects.bulk_create(rows, ignore_conflicts=True)
        ask({(event.kind, event.subject): event.id for event in new.values()})
        return len(new)


def ask(objects: dict[tuple[Kind, str], str], *, quiet: bool = False) -> None:
    """Raises `asked` of each (kind, id): it will be fetched. Values are event ids. Sorted, so askers don't deadlock.

    Whoever asked first says whether it comes quietly: an event in the middle of the flag day makes no noise about what
    is being taken over. Before the flag day has asked for everything, whoever asks (an event, a comparison, a person)
    asks for what is being taken over, and quietly.
    """
    if not objects:
        return
    quiet = quiet or not ConnectorState.objects.exclude(taken_over_at=None).exists()
    keys = sorted(objects)
    with connection.cursor() as cursor:
        values = {
            "quiet": quiet,
            "kinds": [str(kind) for kind, _ in keys],
            "ids": [object_id for _, object_id in keys],
            "events": [objects[key] for key in keys],
        }
        cursor.execute(_ASK, values)


def claim(size: int = CLAIM_SIZE) -> Claim | None:
    """Up to `size` due objects of one kind, the kind whose turn is first; None when nothing is due."""
    now = timezone.now()
    until = now + timedelta(seconds=settings.ENVIRONMENT.shop_lease_s)
    due = InboxObject.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now), state=InboxState.WAITING, next_attempt_at__lte=now
    )
    with transaction.atomic():
        for kind in sorted(TURN, key=lambda kind: TURN[kind]):
            oldest = due.filter(kind=kind).order_by("next_attempt_at", "id")
            rows = list(oldest.select_for_update(skip_locked=True).values_list("pk", "object_id")[:size])
            if rows:
                token = uuid.uuid4()
                keys = [key for key, _object_id in rows]
                InboxObject.objects.filter(pk__in=keys).update(
                    claim=token, claimed_until=until, claimed_asked=F("asked")
                )
                return Claim(token, kind, tuple(object_id for _key, object_id in rows))
    return None


def fence(claimed: Claim) -> dict[str, InboxObject]:
    """The objects still claimed by us, locked until the end of the transaction.

    One that another worker took over after our lease ended is left out: our snapshot may be the older one.
    """
    rows = InboxObject.objects.filter(claim=claimed.token).order_by("id").select_for_update()
    rows = rows.only("object_id", "asked", "claimed_asked", "quiet", "last_event_id")
    return {row.object_id: row for row in rows}


def finish(rows: Iterable[InboxObject], orphans: dict[str, str], digests: dict[str, str] | None = None) -> None:
    """Marks claimed rows applied; one asked for again meanwhile stays waiting.

    `orphans`: id -> missing buyer. `digests`: id -> what was applied, by which a later difference is explained.
    """
    done = list(rows)
    for row in done:
        row.applied = row.claimed_asked
        row.state = InboxState.APPLIED if row.asked == row.claimed_asked else InboxState.WAITING
        row.attempts, row.last_error, row.changed_at = 0, "", timezone.now()
        row.applied_digest = (digests or {}).get(row.object_id, "")
        row.waits_for_customer = orphans.get(row.object_id, "")
        row.quiet = row.quiet and row.state == InboxState.WAITING
        row.claim, row.claimed_until = None, None
    bulk.update(
        done,
        [
            "applied",
            "state",
            "attempts",
            "last_error",
            "changed_at",
            "applied_digest",
            "waits_for_customer",
            "quiet",
            "claim",
            "claimed_until",
        ],
    )


def postpone(claimed: Claim, causes: dict[str, str], *, poisonous: bool) -> None:
    """Gives claimed objects back with the cause. An outage waits for ever; a poisonous object ends as rejected."""
    rows = list(InboxObject.objects.filter(claim=claimed.token, object_id__in=causes))
    for row in rows:
        row.attempts += 1
        row.last_error = causes[row.object_id][:2000]
        row.next_attempt_at = timezone.now() + delay(row.attempts)
        row.claim, row.claimed_until = None, None
        if poisonous and row.attempts >= MOST_ATTEMPTS_BEFORE_REJECTED and row.asked == row.claimed_asked:
            row.state = InboxState.REJECTED
    bulk.update(rows, ["attempts", "last_error", "next_attempt_at", "claim", "claimed_until", "state"])


def ask_goods_of(order: Any) -> None:
    """The goods of this order are fetched again: whether WAPRO counts it has changed."""
    ask({(Kind.PRODUCT, index): "" for index in order.lines.filter(upc__gt="").values_list("upc", flat=True)})


def ask_orphans_of(erp_customer_id: str) -> None:
    """Orders and invoices that came before their buyer, or before his delivery place, are fetched now."""
    orphans = InboxObject.objects.filter(waits_for_customer=erp_customer_id)
    ask({(Kind(row.kind), row.object_id): row.last_event_id for row in orphans}, quiet=True)
