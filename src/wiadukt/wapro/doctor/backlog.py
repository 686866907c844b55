"""The queue must move: rejected changes need a person, and old waiting ones mean that the shop does not answer."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from wiadukt.contract.checkup import Finding
from wiadukt.wapro import queue
from wiadukt.wapro import tables as t
from wiadukt.wapro.doctor.words import said as _
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
        _(
            "{waiting} changes wait, {stale} of them longer than {minutes} minutes",
            waiting=counts.get("przyjety", 0),
            stale=stale,
            minutes=STALE_MINUTES,
        ),
        _("Is the connector running, and the shop at {url}? {cause}", url=settings.shop_events_url, cause=cause or "")
        if stale
        else "",
    )
    rejected = counts.get("odrzucony", 0)
    if rejected:
        what = _("{rejected} changes were rejected", rejected=rejected)
        yield Finding(False, what, _("See ostatni_blad, then 'wiadukt connector queue retry'."))
