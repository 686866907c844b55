"""One range of buckets of one kind, compared; what really differs comes back as drift."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from wiadukt.contract.base import Kind
from wiadukt.contract.facts import BucketDigest, Facts, differing, digest, facts_of
from wiadukt.shop.sync.client import Connector
from wiadukt.shop.sync.models import Drift, Problem
from wiadukt.shop.sync.reconcile import digests
from wiadukt.shop.sync.reconcile.causes import Traces, traces_of
from wiadukt.shop.sync.reconcile.facts import facts_of_held

SETTLE_S = 2.0
"""A change made while we compare is on its way; by then it has arrived and differs no more."""
PORTION = 200
MOST_FIELDS = 20


@dataclass
class Found:
    """What a range came to."""

    compared: int = 0
    on_the_way: int = 0
    drifted: set[str] = field(default_factory=set)
    drifts: list[Drift] = field(default_factory=list)


def compare(connector: Connector, kind: Kind, first: int, last: int, settle_s: float = SETTLE_S) -> Found:
    """Compares the buckets `first` to `last`. Raises Unreachable, Misconfigured, Refused."""
    erp = _by_bucket(connector.bucket_digests(kind, first, last))
    shop = _by_bucket(digests.bucket_digests(kind, first, last))
    found = Found(compared=sum(max(_count(erp.get(b)), _count(shop.get(b))) for b in erp.keys() | shop.keys()))
    unlike = sorted(b for b in erp.keys() | shop.keys() if erp.get(b) != shop.get(b))
    suspects = {bucket: _suspects(connector, kind, bucket).keys() for bucket in unlike}
    if any(suspects.values()):
        time.sleep(settle_s)
    for bucket, before in suspects.items():
        if not before:
            continue
        still = {one: listed for one, listed in _suspects(connector, kind, bucket).items() if one in before}
        ids = sorted(still)
        for start in range(0, len(ids), PORTION):
            _examine(connector, kind, {one: still[one] for one in ids[start : start + PORTION]}, found)
    return found


def _by_bucket(rows: Iterable[BucketDigest]) -> dict[int, BucketDigest]:
    return {row.bucket: row for row in rows}


def _count(row: BucketDigest | None) -> int:
    return row.count if row else 0


def _suspects(connector: Connector, kind: Kind, bucket: int) -> dict[str, bool]:
    """Ids of this bucket whose digests differ; true for those that WAPRO lists."""
    erp = connector.bucket_content(kind, bucket)
    shop = digests.digests(kind, bucket, bucket)
    return {one: one in erp for one in erp.keys() | shop.keys() if erp.get(one) != shop.get(one)}


def _examine(connector: Connector, kind: Kind, suspects: dict[str, bool], found: Found) -> None:
    """Suspects (id -> WAPRO lists it) compared field by field; those on their way are counted and left alone."""
    ids = list(suspects)
    fetched = connector.fetch(kind, ids)
    theirs = {obj.id: facts_of(kind, obj) for obj in fetched.objects}
    ours = facts_of_held(kind, ids)
    traces = traces_of(kind, ids, connector.queued(kind, ids))
    for object_id, listed in suspects.items():
        mine = ours.get(object_id)
        wanted = theirs.get(object_id) if listed else None
        unreadable = fetched.broken.get(object_id, "")
        if (mine == wanted and not unreadable) or (mine is None and traces.waits_for_buyer(object_id)):
            continue
        if traces.on_its_way(object_id):
            found.on_the_way += 1
            continue
        found.drifted.add(object_id)
        found.drifts += _drifts(kind, object_id, mine, wanted, listed, unreadable, traces)


def _drifts(
    kind: Kind, object_id: str, mine: Facts | None, wanted: Facts | None, listed: bool, unreadable: str, traces: Traces
) -> list[Drift]:
    cause, detail = traces.cause(object_id, digest(mine) if mine else "", unreadable)
    about: dict[str, Any] = {"kind": kind, "object_id": object_id, "cause": cause, "detail": detail[:2000]}
    if not listed:
        return [Drift(problem=Problem.SUPERFLUOUS, **about)]
    if mine is None:
        return [Drift(problem=Problem.MISSING, **about)]
    if wanted is None:
        return [Drift(problem=Problem.DIFFERENT, **about)]
    names = differing(mine, wanted)[:MOST_FIELDS]
    return [
        Drift(
            problem=Problem.DIFFERENT,
            field=name[:120],
            shop_value=mine.get(name, "")[:500],
            erp_value=wanted.get(name, "")[:500],
            **about,
        )
        for name in names
    ]
