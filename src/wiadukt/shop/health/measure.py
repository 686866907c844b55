"""Asks the base once for everything the overview shows: a handful of statements, however much waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef
from django.utils import timezone

from wiadukt.contract.checkup import ErpCheck
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.health.agreed import Agreed
from wiadukt.shop.health.models import Neighbour, Told
from wiadukt.shop.health.state import (
    Broken,
    Closed,
    Compared,
    Fault,
    Life,
    Meaningless,
    Part,
    Queue,
    Rejection,
    State,
    Worker,
)
from wiadukt.shop.health.watch import WAYS, of_floor
from wiadukt.shop.health.words import Counts
from wiadukt.shop.ordering.messages import PLACED
from wiadukt.shop.organisations.approval import UNPLACED
from wiadukt.shop.outbox.models import Destination, MessageState, OutboundMessage
from wiadukt.shop.roads import pausing
from wiadukt.shop.roads.models import Road
from wiadukt.shop.sync import broken, standing, statuses
from wiadukt.shop.sync.models import Cause, ConnectorState, Reconciliation, RunState
from wiadukt.shop.sync.reconcile.run import ORDER
from wiadukt.shop.sync.standing import Standing

# By indexes alone: the many delivered are never read.
_DONE = """
SELECT 'to_' || destination, 'delivered', count(*) FROM outbox_outboundmessage WHERE state = 'delivered' GROUP BY 1
UNION ALL
SELECT 'to_' || destination, 'discarded', count(*) FROM outbox_outboundmessage WHERE state = 'discarded' GROUP BY 1
UNION ALL
SELECT 'from_wapro', 'known', count(*) FROM sync_inboxobject
"""
DONE_KEY, DONE_S = "health-done", 20
"""Counting all that ever arrived reads a long index: not at every look of everybody."""
_REJECTED = """
SELECT DISTINCT ON (road) road, cause, remedy, n, kind, object_id FROM (
    SELECT 'to_' || destination AS road, coalesce(refusal->>'title', last_answer) AS cause,
        coalesce(refusal->>'detail', '') AS remedy, count(*) AS n, '' AS kind, '' AS object_id, max(id) AS youngest
    FROM outbox_outboundmessage WHERE state = 'rejected' GROUP BY 1, 2, 3
    UNION ALL
    SELECT 'from_wapro', last_error, '', count(*), kind, max(object_id), max(id) FROM sync_inboxobject
    WHERE state = 'rejected' GROUP BY last_error, kind
) said ORDER BY road, n DESC, youngest DESC
"""
_HINDERED = """
SELECT DISTINCT ON (road) road, said FROM (
    SELECT 'to_' || destination AS road, last_answer AS said, created_at AS at
    FROM outbox_outboundmessage WHERE state = 'waiting' AND attempts > 0 AND last_answer <> ''
    UNION ALL
    SELECT 'from_wapro', last_error, coalesce(waiting_since, changed_at)
    FROM sync_inboxobject WHERE state = 'waiting' AND attempts > 0 AND last_error <> ''
) tried ORDER BY road, at
"""
_WORKERS = """
SELECT workers.id, last_heartbeat, coalesce(array_agg(task_name ORDER BY jobs.id) FILTER (WHERE jobs.id > 0), '{}')
FROM procrastinate_workers workers
LEFT JOIN procrastinate_jobs jobs ON jobs.worker_id = workers.id AND jobs.status = 'doing'
GROUP BY workers.id ORDER BY workers.id
"""


def agreed() -> Agreed:
    environment = settings.ENVIRONMENT
    return Agreed(
        arrive_s=environment.shop_agreed_s,
        order_s=environment.shop_agreed_order_s,
        compare_s=environment.shop_agreed_comparison_h * 3600,
    )


def measure(now: datetime | None = None) -> State:
    now = now or timezone.now()
    connector = ConnectorState.objects.first()
    told = {row.check_name: row.findings for row in Told.objects.all()}
    lost = lost_orders(now).aggregate(n=Count("pk"), oldest=Min("date_placed"))
    neighbours = {row.part: row for row in Neighbour.objects.all()}
    return State(
        at=now,
        roads=_roads(now),
        lives=_lives(connector, neighbours),
        workers=_workers(now),
        paused={road: Closed(one.reason, one.paused_by, one.paused_at) for road, one in pausing.standing().items()},
        compared=_compared(),
        watched_since=connector.taken_over_at if connector else None,
        lost_orders=lost["n"],
        oldest_lost_s=(now - lost["oldest"]).total_seconds() if lost["oldest"] else None,
        capture_missing=connector.capture_missing if connector and connector.capture == "missing" else "",
        erp_version=" ".join(one["what"] for one in told.get(ErpCheck.VERSION, [])),
        integrators=tuple(one["what"] for one in told.get(ErpCheck.INTEGRATORS, []) if one["remedy"]),
        unreported=tuple(
            (one["what"], one["remedy"]) for name in WAYS for one in told.get(of_floor(name), []) if not one["ok"]
        ),
        meaningless=tuple(Meaningless(one.letter, one.label, one.orders) for one in statuses.unknown()),
        broken=_broken(now),
        taken_over=bool(connector and connector.taken_over_at),
        rejections={road: Rejection(*said) for road, *said in _rows(_REJECTED)},
        hindrances=dict(_rows(_HINDERED)),
        faults=tuple(Fault(**fault) for fault in connector.faults) if connector else (),
        clock_off_s=connector.clock_off_s if connector else 0,
        queue=_queue(connector, now),
    )


def _rows(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def _broken(now: datetime) -> Broken | None:
    failed = list(broken.lately(now))
    return Broken(len(failed), failed[0].at, failed[0].cause) if failed else None


def _queue(connector: ConnectorState | None, now: datetime) -> Queue:
    if connector is None:
        return Queue()
    queue = Queue(rejected=connector.refused, rejected_for=connector.refused_for, seen_at=connector.seen_at)
    if connector.queued_since is None:
        return queue
    # By our clock: of the connector's we know only by how much it is wrong.
    since = connector.queued_since - timedelta(seconds=connector.clock_off_s)
    age_s = (now - since).total_seconds()
    return replace(queue, waiting=connector.queued, oldest_s=age_s, cause=connector.queue_error)


def lost_orders(now: datetime) -> Any:
    """Orders placed longer ago than agreed that WAPRO has no document of. What a person discarded is his decision."""
    dropped = OutboundMessage.objects.filter(key=OuterRef("number"), kind=PLACED, state=MessageState.DISCARDED)
    placed = Order.objects.filter(erp_id=None, is_gone=False, date_placed__lt=now - timedelta(seconds=agreed().order_s))
    return placed.exclude(approval__in=UNPLACED).exclude(erp_state="cancelled").filter(~Exists(dropped))


def _roads(now: datetime) -> dict[str, Counts]:
    done = cache.get_or_set(DONE_KEY, _done, DONE_S)
    out = standing.outgoing(now)
    stands = {f"to_{destination}": out.get(destination, Standing()) for destination in Destination.values}
    stands[Road.FROM_WAPRO] = standing.together(standing.incoming(now).values())
    return {road: _counts(road, one, done) for road, one in stands.items()}


def _counts(road: str, one: Standing, done: dict[tuple[str, str], int]) -> Counts:
    arrived = done.get((road, "delivered"), 0)
    if road == Road.FROM_WAPRO:
        arrived = max(done[road, "known"] - one.to_go - one.rejected, 0)
    return Counts(
        one.waiting,
        one.in_work,
        one.retrying,
        one.rejected,
        arrived,
        done.get((road, "discarded"), 0),
        one.quiet,
        one.oldest_s,
    )


def _done() -> dict[tuple[str, str], int]:
    with connection.cursor() as cursor:
        cursor.execute(_DONE)
        return {(road, state): count for road, state, count in cursor.fetchall()}


def _lives(connector: ConnectorState | None, neighbours: dict[str, Neighbour]) -> dict[Part, Life]:
    """While WAPRO's base is silent the connector has nothing to say; that is no fault of the connector's."""
    lives = {part: Life() for part in Part if part is not Part.SHOP}
    for part, row in neighbours.items():
        lives[Part(part)] = Life(row.seen_at, row.failing_since, row.last_error, row.failing_why)
    if connector is not None:
        silent_since = None if lives[Part.WAPRO].silent_since else connector.failing_since
        why, said = connector.failing_why, connector.last_error
        lives[Part.CONNECTOR] = Life(connector.seen_at, silent_since, said, why, connector.version)
    return lives


def _workers(now: datetime) -> tuple[Worker, ...]:
    dead_after = timedelta(seconds=3 * settings.ENVIRONMENT.shop_worker_heartbeat_s)
    with connection.cursor() as cursor:
        cursor.execute(_WORKERS)
        rows = cursor.fetchall()
    return tuple(Worker(number, heard, now - heard <= dead_after, tuple(does)) for number, heard, does in rows)


def _compared() -> Compared | None:
    """The last one of everything: one of a single kind says nothing of the others. What a person discarded is his
    decision, and no drift that anybody must see to."""
    whole = Reconciliation.objects.filter(state=RunState.FINISHED, kinds=[str(kind) for kind in ORDER])
    run = whole.order_by("-finished_at").first()
    if run is None:
        return None
    decided = run.drifts.filter(cause=Cause.DISCARDED).count()
    return Compared(run.pk, run.finished_at, run.drifted - decided, run.only_reports)
