"""A comparison of everything from its beginning, or from where it was cut short, to its end.

Every step ends in one small transaction that also moves the bookmark, so a killed worker costs one step; a worker that
was only taken for dead finds the bookmark moved, and its step counts for nothing. Repairs go the road of every event:
the object is asked for in the inbox, fetched as it is then, and applied under the same fence.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from itertools import chain

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from wiadukt.contract.base import Kind
from wiadukt.contract.errors import Misconfigured, Refused, Unreachable
from wiadukt.contract.facts import BUCKETS
from wiadukt.shop import bulk
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync.client import Connector
from wiadukt.shop.sync.models import Drift, Reconciliation, RunState
from wiadukt.shop.sync.reconcile.compare import SETTLE_S, Found, compare
from wiadukt.shop.sync.reconcile.undelivered import undelivered_orders

ORDER = (Kind.CUSTOMER, Kind.PRODUCT, Kind.ORDER, Kind.INVOICE)
# Products are digested inside both bases, so all at once costs least; the others are read object by object.
SPAN = {Kind.CUSTOMER: 64, Kind.PRODUCT: BUCKETS, Kind.ORDER: 16, Kind.INVOICE: 16}
LEASE = timedelta(minutes=5)
MISSED_BY = timedelta(hours=1)
KEEP = timedelta(days=90)
DRIFT_FIELDS = [field.name for field in Drift._meta.concrete_fields if not field.primary_key]
log = structlog.get_logger()


def start(kinds: tuple[Kind, ...] = ORDER, *, only_reports: bool = False, asked_by: str = "") -> Reconciliation:
    """A new comparison; the caller wakes the job."""
    return Reconciliation.objects.create(
        kinds=[str(kind) for kind in kinds], kind=kinds[0], only_reports=only_reports, asked_by=asked_by
    )


def plan(now: datetime | None = None) -> Reconciliation | None:
    """The comparison of the day, made once when its hour has come, by whichever worker asks first.

    A worker that was off at that hour makes up for it, except in a shop that has no daily comparison yet: its first one
    waits for the hour, since it may be in the middle of the flag day.
    """
    now = timezone.localtime(now)
    hour, minute = (int(part) for part in settings.ENVIRONMENT.shop_reconcile_at.split(":"))
    planned = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if planned > now:
        planned -= timedelta(days=1)
    first_ever = not Reconciliation.objects.exclude(planned_for=None).exists()
    if first_ever and now - planned > MISSED_BY:
        return None
    run, made = Reconciliation.objects.get_or_create(
        planned_for=planned, defaults={"kinds": [str(kind) for kind in ORDER], "kind": ORDER[0]}
    )
    return run if made else None


def unfinished() -> list[int]:
    """Runs that nobody works on."""
    free = Q(claimed_until=None) | Q(claimed_until__lt=timezone.now())
    return list(Reconciliation.objects.filter(free, state=RunState.RUNNING).values_list("pk", flat=True))


def work(run_id: int, connector: Connector, settle_s: float = SETTLE_S) -> None:
    """Goes on with the run until it is finished, paused or stopped, or WAPRO does not answer (then later again)."""
    while (run := _claim(run_id)) is not None:
        kind = Kind(run.kind)
        last = min(run.next_bucket + SPAN[kind], BUCKETS) - 1
        began = time.monotonic()
        try:
            found = compare(connector, kind, run.next_bucket, last, settle_s)
        except (Unreachable, Misconfigured, Refused) as error:
            pause = timezone.now() + timedelta(seconds=30)
            Reconciliation.objects.filter(pk=run_id).update(last_error=str(error)[:2000], claimed_until=pause)
            log.warning("reconciliation_waits", run=run_id, cause=str(error))
            return
        _step_done(run, kind, last, found, took_s=time.monotonic() - began)


def _claim(run_id: int) -> Reconciliation | None:
    """The run with a fresh lease, unless it ended or was paused."""
    Reconciliation.objects.filter(pk=run_id, state=RunState.RUNNING).update(claimed_until=timezone.now() + LEASE)
    return Reconciliation.objects.filter(pk=run_id, state=RunState.RUNNING).first()


def _step_done(run: Reconciliation, kind: Kind, last: int, found: Found, *, took_s: float = 0.0) -> None:
    repair = not run.only_reports
    with transaction.atomic():
        mark = Q(state=RunState.RUNNING, kind=run.kind, next_bucket=run.next_bucket)
        if not Reconciliation.objects.select_for_update().filter(mark, pk=run.pk).exists():
            log.warning("reconciliation_step_lost", run=run.pk, kind=run.kind, bucket=run.next_bucket)
            return
        drifts = found.drifts
        for drift in drifts:
            drift.repair_asked = repair
        if kind is Kind.ORDER and last == BUCKETS - 1:
            drifts = drifts + undelivered_orders(repair=repair)
        for drift in drifts:
            drift.run_id = run.pk
        many = (
            Drift(run_id=run.pk, kind=kind, object_id=one, problem=problem, repair_asked=repair)
            for one, problem in found.unexamined.items()
        )
        bulk.insert(Drift, chain(drifts, many), DRIFT_FIELDS)
        differing = [*found.drifted, *found.unexamined]
        if repair:
            inbox.ask(dict.fromkeys(((kind, one) for one in differing), f"reconciliation-{run.pk}"))
        drifted = len({(drift.kind, drift.object_id) for drift in drifts}) + len(found.unexamined)
        position = _after(run, kind, last)
        Reconciliation.objects.filter(pk=run.pk).update(
            compared=F("compared") + found.compared,
            on_the_way=F("on_the_way") + found.on_the_way,
            drifted=F("drifted") + drifted,
            worked_s=F("worked_s") + took_s,
            last_error="",
            **position,
        )
    if position.get("state") == RunState.FINISHED:
        _prune()
        log.info("reconciled", run=run.pk)


def _after(run: Reconciliation, kind: Kind, last: int) -> dict[str, object]:
    """Where the run goes on: the next buckets, the next kind, or nowhere."""
    if last + 1 < BUCKETS:
        return {"next_bucket": last + 1}
    later = run.kinds[run.kinds.index(kind) + 1 :]
    if later:
        return {"kind": later[0], "next_bucket": 0}
    return {
        "next_bucket": BUCKETS,
        "state": RunState.FINISHED,
        "finished_at": timezone.now(),
        "claimed_until": None,
    }


def _prune() -> None:
    Reconciliation.objects.filter(started_at__lt=timezone.now() - KEEP).exclude(state=RunState.RUNNING).delete()
