"""Where the shop's messages and WAPRO's objects stand just now. Whoever shows it or tells it to a machine asks here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

# Open ones by the partial index of what is unsaid: the many delivered are never read.
OUTGOING = """
SELECT destination,
    count(*) FILTER (WHERE state = 'waiting' AND NOT coalesce(claimed_until > %(now)s, false) AND attempts = 0),
    count(*) FILTER (WHERE state = 'waiting' AND claimed_until > %(now)s),
    count(*) FILTER (WHERE state = 'waiting' AND NOT coalesce(claimed_until > %(now)s, false) AND attempts > 0),
    count(*) FILTER (WHERE state = 'rejected'), 0,
    extract(epoch FROM %(now)s - min(created_at) FILTER (WHERE state = 'waiting'))::float
FROM outbox_outboundmessage WHERE state NOT IN ('delivered', 'discarded') GROUP BY destination
"""
INCOMING = """
SELECT kind,
    count(*) FILTER (WHERE NOT coalesce(claimed_until > %(now)s, false) AND attempts = 0),
    count(*) FILTER (WHERE claimed_until > %(now)s),
    count(*) FILTER (WHERE NOT coalesce(claimed_until > %(now)s, false) AND attempts > 0),
    0, count(*) FILTER (WHERE quiet),
    extract(epoch FROM %(now)s - min(coalesce(waiting_since, changed_at)) FILTER (WHERE NOT quiet))::float
FROM sync_inboxobject WHERE state = 'waiting' GROUP BY kind
UNION ALL
SELECT kind, 0, 0, 0, count(*), 0, NULL FROM sync_inboxobject WHERE state = 'rejected' GROUP BY kind
"""


@dataclass(frozen=True)
class Standing:
    """What is not over; each is in one place. `quiet`: of those that will go on by themselves, the ones that nobody
    waits for (the flag day's); `oldest_s`: the age of the oldest of the others in seconds, None when there is none."""

    waiting: int = 0
    in_work: int = 0
    retrying: int = 0
    rejected: int = 0
    quiet: int = 0
    oldest_s: float | None = None

    @property
    def to_go(self) -> int:
        """What will go on by itself."""
        return self.waiting + self.in_work + self.retrying


def outgoing(now: datetime) -> dict[str, Standing]:
    """Messages by destination; one without any is left out."""
    return _grouped(OUTGOING, now)


def incoming(now: datetime) -> dict[str, Standing]:
    """Objects of WAPRO's by kind; one without any is left out."""
    return _grouped(INCOMING, now)


def together(several: Iterable[Standing]) -> Standing:
    """All of them as one."""
    rows = list(several)
    ages = [one.oldest_s for one in rows if one.oldest_s is not None]
    counts = {
        name: sum(getattr(one, name) for one in rows)
        for name in ("waiting", "in_work", "retrying", "rejected", "quiet")
    }
    return Standing(**counts, oldest_s=max(ages, default=None))


def _grouped(query: str, now: datetime) -> dict[str, Standing]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"now": now})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    found: dict[str, list[Standing]] = {}
    for name, *told in rows:
        found.setdefault(name, []).append(Standing(*told))
    return {name: together(several) for name, several in found.items()}
