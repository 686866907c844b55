"""How much went over each road and how fast: counted once a minute into buckets that charts add up.

Counted again as long as the minute is young, so whatever was committed while somebody counted is in it a minute later;
a worker that was off makes up for what it missed, as far as the sources reach.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from wiadukt.shop.health.models import Grain, Traffic
from wiadukt.shop.outbox.models import Destination
from wiadukt.shop.roads.models import Road
from wiadukt.shop.roads.spread import BOUNDS_S, CLASSES, added
from wiadukt.shop.sync.models import AppliedBatch

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
KEEP = {Grain.MINUTE: timedelta(days=2), Grain.HOUR: timedelta(days=400)}
FURTHEST = timedelta(hours=36)
DESTINATIONS = list(Destination.values)
# What went out, by road, minute and class of its time; `width_bucket` counts classes from 0 as `spread_of` does, but
# for a time that is exactly a bound.
_OUT = """
SELECT 'to_' || destination, date_trunc('minute', delivered_at),
    width_bucket(greatest(extract(epoch FROM delivered_at - created_at), 0)::float, %(bounds)s::float[]), count(*)
FROM outbox_outboundmessage
WHERE state = 'delivered' AND destination = ANY(%(to)s) AND delivered_at >= %(since)s AND delivered_at < %(until)s
GROUP BY 1, 2, 3
"""


@dataclass(frozen=True)
class Bucket:
    """What arrived from `at` on, until the next bucket; `spread` by the classes of `roads.spread`."""

    road: str
    at: datetime
    count: int
    spread: tuple[int, ...]


def count(now: datetime | None = None) -> None:
    """Brings the buckets up to now. Repeatable, and harmless when two do it at once."""
    now = now or timezone.now()
    last = Traffic.objects.filter(grain=Grain.MINUTE).aggregate(at=Max("at"))["at"]
    since = _floor(max(last or now - FURTHEST, now - FURTHEST) - 2 * MINUTE, Grain.MINUTE)
    _keep(Grain.MINUTE, [*_out(since, now), *_in(since, now)])
    since = _floor(since, Grain.HOUR)
    minutes = Traffic.objects.filter(grain=Grain.MINUTE, at__gte=since)
    _keep(Grain.HOUR, merged(map(_bucket, minutes), Grain.HOUR))
    _forget(now)


def merged(buckets: Iterable[Bucket], grain: Grain) -> list[Bucket]:
    """The same in longer buckets."""
    of: dict[tuple[str, datetime], list[Bucket]] = {}
    for bucket in buckets:
        of.setdefault((bucket.road, _floor(bucket.at, grain)), []).append(bucket)
    return [
        Bucket(road, at, sum(one.count for one in some), tuple(added(one.spread for one in some)))
        for (road, at), some in of.items()
    ]


def _out(since: datetime, until: datetime) -> list[Bucket]:
    spreads: dict[tuple[str, datetime], list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            _OUT, {"since": since, "until": until, "bounds": [float(bound) for bound in BOUNDS_S], "to": DESTINATIONS}
        )
        for road, at, place, n in cursor.fetchall():
            spreads.setdefault((road, at), [0] * CLASSES)[place] += n
    return [Bucket(road, at, sum(spread), tuple(spread)) for (road, at), spread in spreads.items()]


def _in(since: datetime, until: datetime) -> list[Bucket]:
    batches = AppliedBatch.objects.filter(at__gte=since, at__lt=until)
    rows = (Bucket(Road.FROM_WAPRO, batch.at, batch.count, tuple(batch.spread)) for batch in batches)
    return merged(rows, Grain.MINUTE)


def _keep(grain: Grain, buckets: Iterable[Bucket]) -> None:
    rows = [Traffic(grain=grain, road=one.road, at=one.at, count=one.count, spread=list(one.spread)) for one in buckets]
    Traffic.objects.bulk_create(
        sorted(rows, key=lambda row: (row.at, row.road)),
        update_conflicts=True,
        unique_fields=["grain", "at", "road"],
        update_fields=["count", "spread"],
    )


def _bucket(row: Traffic) -> Bucket:
    return Bucket(row.road, row.at, row.count, tuple(row.spread))


def _floor(at: datetime, grain: Grain) -> datetime:
    at = at.replace(second=0, microsecond=0)
    return at if grain == Grain.MINUTE else at.replace(minute=0)


def _forget(now: datetime) -> None:
    for grain, keep in KEEP.items():
        Traffic.objects.filter(grain=grain, at__lt=now - keep).delete()
    AppliedBatch.objects.filter(at__lt=now - FURTHEST - HOUR).delete()


def between(since: datetime, grain: Grain) -> list[Bucket]:
    """All buckets that begin then or later, oldest first."""
    return [_bucket(row) for row in Traffic.objects.filter(grain=grain, at__gte=since).order_by("at")]
