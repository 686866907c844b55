"""What WAPRO announced: accepted in milliseconds, claimed in batches, finished under a fence."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from wiadukt.contract.base import Kind
from wiadukt.contract.event import ThinEvent
from wiadukt.runtime.backoff import delay
from wiadukt.shop import bulk
from wiadukt.shop.roads.models import Road
from wiadukt.shop.roads.pausing import NOT_PAUSED
from wiadukt.shop.roads.spread import spread_of
from wiadukt.shop.sync.models import AppliedBatch, ConnectorState, InboxEvent, InboxObject, InboxState

CLAIM_SIZE = 500
MOST_ATTEMPTS_BEFORE_REJECTED = 5
GOODS_PAUSE_S = 0.5
# A buyer before his orders, an order before its invoices: fewer objects have to wait for another.
TURN = (Kind.CUSTOMER, Kind.PRODUCT, Kind.ORDER, Kind.INVOICE)

_ASK = """
INSERT INTO sync_inboxobject (kind, object_id, asked, applied, state, quiet, claimed_asked, attempts, next_attempt_at,
                              last_error, last_event_id, applied_digest, waits_for_customer, changed_at, waiting_since)
SELECT kind, object_id, 1, 0, 'waiting', %(quiet)s, 0, 0, now() + make_interval(secs => %(after_s)s), '', event_id,
    '', '', now(), least(now(), since)
FROM unnest(%(kinds)s::text[], %(ids)s::text[], %(events)s::text[], %(since)s::timestamptz[])
    AS asked(kind, object_id, event_id, since)
ON CONFLICT (kind, object_id) DO UPDATE
SET asked = sync_inboxobject.asked + 1, state = 'waiting', attempts = 0,
    next_attempt_at = CASE WHEN sync_inboxobject.state = 'waiting'
        THEN least(sync_inboxobject.next_attempt_at, EXCLUDED.next_attempt_at) ELSE EXCLUDED.next_attempt_at END,
    quiet = CASE WHEN sync_inboxobject.state = 'applied' THEN EXCLUDED.quiet ELSE sync_inboxobject.quiet END,
    last_event_id = EXCLUDED.last_event_id, waits_for_customer = '', changed_at = now(),
    waiting_since = least(sync_inboxobject.waiting_since, EXCLUDED.waiting_since)
"""


# A look into the index a kind, however much waits; nothing is due on a road that somebody has closed.
_DUE_KINDS = f"""
SELECT kind FROM unnest(%(turn)s::text[]) WITH ORDINALITY AS turn (kind, place)
WHERE {NOT_PAUSED.format(road=f"'{Road.FROM_WAPRO.value}'")} AND EXISTS (
    SELECT FROM sync_inboxobject one WHERE one.kind = turn.kind AND state = 'waiting' AND next_attempt_at <= %(now)s
        AND (claimed_until IS NULL OR claimed_until < %(now)s)
) ORDER BY place
"""
# Oldest first. What another worker has locked is its own.
_CLAIM = """
UPDATE sync_inboxobject SET claim = %(token)s, claimed_asked = asked, claimed_until = %(until)s
WHERE id = ANY(ARRAY(
    SELECT id FROM sync_inboxobject
    WHERE kind = %(kind)s AND state = 'waiting' AND next_attempt_at <= %(now)s
        AND (claimed_until IS NULL OR claimed_until < %(now)s)
    ORDER BY next_attempt_at, id LIMIT %(size)s FOR NO KEY UPDATE SKIP LOCKED
))
RETURNING object_id
"""
_FINISH = """
UPDATE sync_inboxobject SET applied = claimed_asked, attempts = 0, last_error = '', changed_at = now(),
    state = CASE WHEN asked = claimed_asked THEN 'applied' ELSE 'waiting' END, quiet = quiet AND asked <> claimed_asked,
    waiting_since = CASE WHEN asked <> claimed_asked THEN now() END,
    applied_digest = done.digest, waits_for_customer = done.customer, claim = NULL, claimed_until = NULL
FROM unnest(%(keys)s::bigint[], %(digests)s::text[], %(orphans)s::text[]) AS done (key, digest, customer)
WHERE id = done.key
"""


@dataclass(frozen=True)
class Claim:
    """Objects of one kind that only this worker may fetch and apply until the lease ends."""

    token: uuid.UUID
    kind: Kind
    ids: tuple[str, ...]


class Held(NamedTuple):
    """An object that we may apply, as its row says."""

    pk: int
    object_id: str
    quiet: bool
    last_event_id: str
    waiting_since: datetime | None


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
        asked = {(event.kind, event.subject): event.id for event in new.values()}
        ask(asked, since={key: new[event_id].time for key, event_id in asked.items()})
        return len(new)


def ask(
    objects: dict[tuple[Kind, str], str],
    *,
    quiet: bool = False,
    after_s: float = 0,
    since: Mapping[tuple[Kind, str], datetime] | None = None,
) -> None:
    """Raises `asked` of each (kind, id): it will be fetched. Values are event ids. Sorted, so askers don't deadlock.

    `after_s`: it need not be fetched earlier, unless somebody else asks meanwhile. `since`: when WAPRO committed the
    change, where that is known.

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
            "after_s": after_s,
            "kinds": [str(kind) for kind, _ in keys],
            "ids": [object_id for _, object_id in keys],
            "events": [objects[key] for key in keys],
            "since": [(since or {}).get(key) for key in keys],
        }
        cursor.execute(_ASK, values)


def claim(size: int = CLAIM_SIZE) -> Claim | None:
    """Up to `size` due objects of one kind, the kind whose turn is first; None when nothing is due."""
    now = timezone.now()
    until = now + timedelta(seconds=settings.ENVIRONMENT.shop_lease_s)
    values: dict[str, Any] = {"now": now, "until": until, "size": size, "turn": [str(kind) for kind in TURN]}
    with connection.cursor() as cursor:
        cursor.execute(_DUE_KINDS, values)
        for (kind,) in cursor.fetchall():
            token = uuid.uuid4()
            cursor.execute(_CLAIM, values | {"kind": kind, "token": token})
            ids = tuple(object_id for (object_id,) in cursor)
            if ids:  # else another worker holds whatever of this kind is due
                return Claim(token, Kind(kind), ids)
    return None


def fence(claimed: Claim) -> dict[str, Held]:
    """The objects still claimed by us, locked until the end of the transaction.

    One that another worker took over after our lease ended is left out: our snapshot may be the older one.
    """
    rows = InboxObject.objects.filter(claim=claimed.token).order_by("id").select_for_update(no_key=True)
    return {row[1]: Held(*row) for row in rows.values_list(*Held._fields)}


def finish(rows: Iterable[Held], orphans: dict[str, str], digests: dict[str, str] | None = None) -> None:
    """Marks claimed rows applied; one asked for again meanwhile stays waiting.

    `orphans`: id -> missing buyer. `digests`: id -> what was applied, by which a later difference is explained.
    """
    done = list(rows)
    with bulk.cursor() as cursor:
        values = {
            "keys": [row.pk for row in done],
            "digests": [(digests or {}).get(row.object_id, "") for row in done],
            "orphans": [orphans.get(row.object_id, "") for row in done],
        }
        cursor.execute(_FINISH, values)
    _note_times(done)


def _note_times(done: Sequence[Held]) -> None:
    """How long each change took from its commit until it is visible; what is taken over quietly is no news."""
    now = timezone.now()
    times = [(now - row.waiting_since).total_seconds() for row in done if row.waiting_since and not row.quiet]
    if times:
        AppliedBatch.objects.create(at=now, count=len(times), spread=spread_of(times))


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
    """The goods of this order are fetched again: whether WAPRO counts it has changed.

    In a moment, for WAPRO mostly announces them itself just then, and one fetch does for both.
    """
    indexes = order.lines.filter(upc__gt="").values_list("upc", flat=True)
    ask({(Kind.PRODUCT, index): "" for index in indexes}, after_s=GOODS_PAUSE_S)


def ask_orphans_of(erp_customer_id: str) -> None:
    """Orders and invoices that came before their buyer, or before his delivery place, are fetched now."""
    orphans = InboxObject.objects.filter(waits_for_customer=erp_customer_id)
    ask({(Kind(row.kind), row.object_id): row.last_event_id for row in orphans}, quiet=True)
