"""What the shop tells a machine of itself: outbox, inbox, workers, the connector's silence, what keeps it from work.

The gauges stand in the base and are the same whichever web process is asked; what took how long is counted by the
process that did it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from prometheus_client import Counter, Histogram, Metric

from wiadukt.contract.base import Kind
from wiadukt.runtime.management import Management, gauge
from wiadukt.shop.outbox.models import Destination
from wiadukt.shop.sync import standing
from wiadukt.shop.sync.standing import Standing

DELIVERY_SECONDS = Histogram(
    "wiadukt_shop_delivery_seconds", "One attempt to say a message, by what came of it.", ("destination", "outcome")
)
FETCH_SECONDS = Histogram("wiadukt_shop_fetch_seconds", "Until the connector answered for a batch.", ("kind",))
APPLY_SECONDS = Histogram("wiadukt_shop_apply_seconds", "To apply a batch, or one object of it.", ("kind",))
BATCHES_FAILED = Counter(
    "wiadukt_shop_batches_failed",
    "Batches that could not be applied whole; culprits: whether an object of it can't be applied by itself either.",
    ("kind", "culprits"),
)
T = TypeVar("T")
_WORKERS = "SELECT count(*), extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers"
_SILENCE = "SELECT extract(epoch FROM now() - failing_since) FROM sync_connectorstate"


def web() -> Management:
    """Of a web process: it tells how the queues stand even when no worker is alive."""
    return Management(lambda: _given_back(lacking), lambda: _given_back(_gauges))


def worker() -> Management:
    """Of a worker."""
    return Management(lambda: _given_back(lacking), lambda: [])


def _given_back(read: Callable[[], Iterable[T]]) -> list[T]:
    """Whatever it reads; the connection of the thread that answers goes back."""
    try:
        return list(read())
    finally:
        connection.close()


def _gauges() -> Iterator[Metric]:
    now = timezone.now()
    yield from _queue(
        standing.outgoing(now),
        ("wiadukt_shop_outbox_messages", "Messages that wait or were refused.", "destination"),
        ("wiadukt_shop_outbox_oldest_seconds", "How long the oldest waiting message has waited."),
        Destination.values,
    )
    yield from _queue(
        standing.incoming(now),
        ("wiadukt_shop_inbox_objects", "Objects of WAPRO's that wait to be fetched, or can't be applied.", "kind"),
        (
            "wiadukt_shop_inbox_oldest_seconds",
            "Since WAPRO committed the oldest change that is not visible yet.",
        ),
        [kind.value for kind in Kind],
    )
    (workers, heartbeat_s), *_ = _rows(_WORKERS)
    yield gauge("wiadukt_shop_workers", "Workers that were heard of lately.", {(): workers})
    heard = {(): float(heartbeat_s)} if heartbeat_s is not None else {}
    yield gauge("wiadukt_shop_worker_heartbeat_seconds", "Since the last sign of life of any worker.", heard)
    silent_s = next((float(seconds or 0) for (seconds,) in _rows(_SILENCE)), 0.0)
    yield gauge("wiadukt_shop_connector_silent_seconds", "Since when the connector does not answer.", {(): silent_s})


def _queue(
    found: Mapping[str, Standing], counted: tuple[str, str, str], aged: tuple[str, str], names: Sequence[str]
) -> Iterator[Metric]:
    """Counts by name and state, and the age of what waits; zero where there is nothing, so no series is missing."""
    stands = {name: found.get(name, Standing()) for name in names}
    counts = {(name, "waiting"): float(one.to_go) for name, one in stands.items()}
    counts |= {(name, "rejected"): float(one.rejected) for name, one in stands.items()}
    name, about, label = counted
    yield gauge(name, about, counts, [label, "state"])
    yield gauge(*aged, {(name,): one.oldest_s or 0.0 for name, one in stands.items()}, [label])


def _rows(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def lacking() -> list[str]:
    """What keeps the shop from work, one sentence each."""
    try:
        executor = MigrationExecutor(connection)
    except OperationalError:
        return ["The shop's base does not answer."]
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _backwards in behind[:5])
    more = f" and {len(behind) - 5} more" if len(behind) > 5 else ""
    return [f"The shop's base lacks {names}{more}: run 'wiadukt shop migrate'."] if behind else []
