"""One range of buckets of one kind, compared; what really differs comes back as drift."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, TypeVar

from django.utils import timezone

from wiadukt.contract.base import Kind
from wiadukt.contract.facts import BucketDigest, Facts, bucket_of, differing, digest, facts_of
from wiadukt.shop.addresses.waiting import unsettled_facts
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.sync.client import Connector
from wiadukt.shop.sync.models import Drift, Problem
from wiadukt.shop.sync.reconcile import digests
from wiadukt.shop.sync.reconcile.causes import Traces, traces_of
from wiadukt.shop.sync.reconcile.facts import facts_of_held

T = TypeVar("T")
SETTLE_S = 2.0
"""A change made while we compare is on its way; by then it has arrived and differs no more."""
PORTION = 500
MOST_EXAMINED = 2_000
"""In one step, field by field with the cause. When more differ, they all have one and the same reason."""
FEW = 8
RUN = 64
"""Buckets asked for at once."""
MOST_FIELDS = 20


class Side(NamedTuple):
    """Who has an object that differs."""

    in_erp: bool
    in_shop: bool


@dataclass
class Found:
    """What a range came to."""

    compared: int = 0
    on_the_way: int = 0
    drifted: set[str] = field(default_factory=set)
    drifts: list[Drift] = field(default_factory=list)
    unexamined: dict[str, Problem] = field(default_factory=dict)
    """Of very many: repaired like the others, and their history then shows the fields."""


def compare(connector: Connector, kind: Kind, first: int, last: int, settle_s: float = SETTLE_S) -> Found:
    """Compares the buckets `first` to `last`. Raises Unreachable, Misconfigured, Refused."""
    since = timezone.now()
    theirs, ours = _both(
        partial(connector.bucket_digests, kind, first, last), partial(digests.bucket_digests, kind, first, last)
    )
    erp, shop = _by_bucket(theirs), _by_bucket(ours)
    found = Found(compared=sum(max(_count(erp.get(b)), _count(shop.get(b))) for b in erp.keys() | shop.keys()))
    unlike = sorted(b for b in erp.keys() | shop.keys() if erp.get(b) != shop.get(b))
    before = _suspects(connector, kind, unlike)
    if not before:
        return found
    time.sleep(settle_s)
    now = _suspects(connector, kind, sorted({bucket_of(one) for one in before}))
    still = {one: now[one] for one in sorted(before.keys() & now.keys())}
    for some in _portions(list(still)[:MOST_EXAMINED]):
        _examine(connector, kind, {one: still[one] for one in some}, found, since)
    for one in list(still)[MOST_EXAMINED:]:
        found.unexamined[one] = _problem(still[one])
    return found


def _both(theirs: Callable[[], T], ours: Callable[[], T]) -> tuple[T, T]:
    """WAPRO's side over HTTP while the shop's base works as well."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="compare") as beside:
        asked = beside.submit(theirs)
        mine = ours()
        return asked.result(), mine


def _portions(ids: list[str]) -> Iterable[list[str]]:
    return (ids[start : start + PORTION] for start in range(0, len(ids), PORTION))


def _runs(unlike: list[int]) -> Iterable[tuple[int, int]]:
    """Single buckets when there are few. When there are many, each asking would read the whole table again."""
    if len(unlike) <= FEW:
        return ((bucket, bucket) for bucket in unlike)
    starts = sorted({bucket - bucket % RUN for bucket in unlike})
    return ((max(start, unlike[0]), min(start + RUN - 1, unlike[-1])) for start in starts)


def _by_bucket(rows: Iterable[BucketDigest]) -> dict[int, BucketDigest]:
    return {row.bucket: row for row in rows}


def _count(row: BucketDigest | None) -> int:
    return row.count if row else 0


def _suspects(connector: Connector, kind: Kind, unlike: list[int]) -> dict[str, Side]:
    """Ids of these buckets whose digests differ, and who has them."""
    suspects: dict[str, Side] = {}
    for first, last in _runs(unlike):
        erp, shop = _both(partial(connector.contents, kind, first, last), partial(digests.digests, kind, first, last))
        different = (one for one in erp.keys() | shop.keys() if erp.get(one) != shop.get(one))
        suspects |= {one: Side(in_erp=one in erp, in_shop=one in shop) for one in different}
    return suspects


def _examine(connector: Connector, kind: Kind, suspects: dict[str, Side], found: Found, since: datetime) -> None:
    """Suspects compared field by field; those on their way are counted and left alone."""
    ids = list(suspects)
    fetched = connector.fetch(kind, ids)
    theirs = {obj.id: facts_of(kind, obj) for obj in fetched.objects}
    ours = facts_of_held(kind, ids)
    traces = traces_of(kind, ids, connector.queued(kind, ids), since)
    if kind is Kind.CUSTOMER:
        _leave_out_unsettled(ours, theirs)
    for object_id, side in suspects.items():
        mine = ours.get(object_id)
        wanted = theirs.get(object_id) if side.in_erp else None
        unreadable = fetched.broken.get(object_id, "")
        if (mine == wanted and not unreadable) or (mine is None and traces.waits_for_buyer(object_id)):
            continue
        if traces.on_its_way(object_id):
            found.on_the_way += 1
            continue
        found.drifted.add(object_id)
        found.drifts += _drifts(kind, object_id, mine, wanted, side.in_erp, unreadable, traces)


def _leave_out_unsettled(ours: dict[str, Facts], theirs: dict[str, Facts]) -> None:
    """An address whose change waits for WAPRO differs until WAPRO takes it, and that is no drift."""
    companies = Organisation.objects.filter(erp_id__in=list(ours))
    for erp_id, beginnings in unsettled_facts(companies).items():
        for side in (ours, theirs):
            if erp_id in side:
                side[erp_id] = {n: text for n, text in side[erp_id].items() if not n.startswith(beginnings)}


def _problem(side: Side) -> Problem:
    if not side.in_erp:
        return Problem.SUPERFLUOUS
    return Problem.DIFFERENT if side.in_shop else Problem.MISSING


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
