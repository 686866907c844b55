"""What the connector tells a machine of itself: its queue in WAPRO's base, capture, and what keeps it from work."""

from __future__ import annotations

import time
from collections.abc import Iterator

from prometheus_client import Metric
from sqlalchemy import Connection, Engine, inspect

from wiadukt.contract.states import QueueState
from wiadukt.runtime import clock
from wiadukt.runtime.management import Management, gauge
from wiadukt.wapro import queue
from wiadukt.wapro import tables as t
from wiadukt.wapro.capture.port import Capture
from wiadukt.wapro.engine import reading

COUNTED_EVERY_S = 60
"""Sent rows are kept for days, and to count them all of them are read: not at every look."""
NEEDED = (t.queue, t.gap, t.order_map, t.address_told, t.production_progress, t.status_meaning)
CAPTURE_WORDS = ("on", "missing", "unknown")


def management_of(engine: Engine, capture: Capture) -> Management:
    counts = _Counts()

    def gauges() -> Iterator[Metric]:
        with reading(engine) as conn:
            yield from _queue(conn, counts)
        words = {(word,): float(word == capture.word) for word in CAPTURE_WORDS}
        yield gauge("wiadukt_connector_capture", "1 at what capture of WAPRO's changes is.", words, ["state"])

    return Management(lambda: _lacking(engine), gauges)


class _Counts:
    """Rows by status, not older than a minute."""

    def __init__(self) -> None:
        self._at, self._found = float("-inf"), dict[QueueState, int]()

    def read(self, conn: Connection) -> dict[QueueState, int]:
        if time.monotonic() - self._at > COUNTED_EVERY_S:
            self._found = queue.counts_by_state(conn)
            self._at = time.monotonic()
        return self._found


def _queue(conn: Connection, counts: _Counts) -> Iterator[Metric]:
    waiting, oldest = queue.waiting(conn)
    by_state = {(state.value,): float(counts.read(conn).get(state, 0)) for state in QueueState}
    by_state[(QueueState.ACCEPTED.value,)] = waiting
    yield gauge(
        "wiadukt_connector_queue_objects",
        "Rows of WAPRO's queue; accepted ones wait. Sent and rejected ones are counted once a minute.",
        by_state,
        ["status"],
    )
    age_s = (clock.now() - oldest).total_seconds() if oldest else 0.0
    yield gauge(
        "wiadukt_connector_queue_oldest_seconds",
        "How long the oldest waiting change has waited.",
        {(): max(0.0, age_s)},
    )


def _lacking(engine: Engine) -> list[str]:
    with reading(engine) as conn:
        there = {name.lower() for name in inspect(conn).get_table_names(schema=t.OURS)}
    lacking = [table.name for table in NEEDED if table.name not in there]
    if not lacking:
        return []
    return [f"WAPRO's base lacks {', '.join(lacking)} in schema {t.OURS}: run 'wiadukt connector install'."]
