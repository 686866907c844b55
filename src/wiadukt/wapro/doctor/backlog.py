"""The queue must move: rejected changes need a person, and old waiting ones mean that the shop does not answer."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from wiadukt.wapro import queue
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.check import Finding
from wiadukt.wapro.moments import after
from wiadukt.wapro.settings import Settings

STALE_MINUTES = 15


def check_backlog(conn: Connection, settings: Settings) -> Iterator[Finding]:
    row = t.queue.c
    counts = queue.counts(conn)
    old = (row.status == "przyjety") & (row.utworzono < after(-60 * STALE_MINUTES))
    stale, cause = conn.execute(select(func.count(), func.max(row.ostatni_blad)).where(old)).one()
    yield Finding(
        not stale,
        f"{counts.get('przyjety', 0)} changes wait, {stale} of them longer than {STALE_MINUTES} minutes",
        f"Is the connector running, and the shop at {settings.shop_events_url}? {cause or ''}".strip() if stale else "",
    )
    rejected = counts.get("odrzucony", 0)
    if rejected:
        yield Finding(
            False, f"{rejected} changes were rejected", "See ostatni_blad, then 'wiadukt connector queue retry'."
        )
