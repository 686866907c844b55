"""Batches that can not be applied whole: their objects arrive one by one, and nobody would learn of the fault."""

from __future__ import annotations

import traceback
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.db.models import QuerySet

import wiadukt
from wiadukt.shop.sync.inbox import Claim
from wiadukt.shop.sync.models import FailedBatch
from wiadukt.shop.sync.observe import BATCHES_FAILED

LATELY = timedelta(hours=1)
OURS = Path(wiadukt.__file__).parent
log = structlog.get_logger()


def note(claimed: Claim, error: Exception, *, culprits: int) -> None:
    """Counts a batch that failed. It is kept when nothing else tells of it: no object of it failed by itself.

    One object that went at the second attempt is no batch.
    """
    size = len(claimed.ids)
    log.warning("batch_failed", kind=claimed.kind, size=size, culprits=culprits, error=repr(error))
    BATCHES_FAILED.labels(claimed.kind, "yes" if culprits else "no").inc()
    if size > 1 and not culprits:
        FailedBatch.objects.create(kind=claimed.kind, size=size, cause=cause_of(error))


def cause_of(error: Exception) -> str:
    """The kind of the error and where in our code it arose. Not its words: they may hold what a buyer wrote."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(OURS)]
    place = f", {Path(frames[-1].filename).relative_to(OURS)}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"[:200]


def lately(now: datetime) -> QuerySet[FailedBatch]:
    """Of the last hour, the youngest first."""
    return FailedBatch.objects.filter(at__gt=now - LATELY).order_by("-at", "-pk")
