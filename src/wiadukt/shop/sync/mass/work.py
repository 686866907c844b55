"""Begins a deed on many, goes on with it portion by portion, and lets a person pause or cancel it in between."""

from __future__ import annotations

import time
from typing import Any

import structlog
from django.db import DatabaseError, transaction
from django.utils import timezone

from wiadukt.contract.errors import Unreachable
from wiadukt.shop.sync.mass.steps import STEPS
from wiadukt.shop.sync.models import MassDeed, MassRun, RunState

TURN_S = 5.0
STEPS_OF_A_PERSON = {
    "pause": (RunState.RUNNING, RunState.PAUSED),
    "go-on": (RunState.PAUSED, RunState.RUNNING),
    "cancel": (RunState.RUNNING, RunState.STOPPED),
    "end": (RunState.PAUSED, RunState.STOPPED),
}
log = structlog.get_logger()


def begin(deed: MassDeed, asked: dict[str, str], user: Any, total: int) -> MassRun:
    """A new run; the caller wakes the job."""
    return MassRun.objects.create(deed=deed, asked=asked, user=user, total=total)


def unfinished() -> list[int]:
    return list(MassRun.objects.filter(state=RunState.RUNNING).values_list("pk", flat=True))


def work(run_id: int, turn_s: float = TURN_S) -> bool:
    """Goes on until it ends, or a person stops it; after `turn_s` it leaves off, for a worker has other work. True when
    something is left."""
    began = time.monotonic()
    while _one_portion(run_id):
        if time.monotonic() - began > turn_s:
            return True
    return False


def change(run: MassRun, what: str) -> bool:
    """A person's step; False when the run is in another state by now. It takes effect after the running portion."""
    before, after = STEPS_OF_A_PERSON.get(what, (None, None))
    if after is None:
        return False
    finished = timezone.now() if after == RunState.STOPPED else None
    changed = MassRun.objects.filter(pk=run.pk, state=before).update(state=after, finished_at=finished)
    return changed == 1


def _one_portion(run_id: int) -> bool:
    """Whether the run goes on. Another worker that is at it keeps the row, and then there is nothing to do here."""
    try:
        with transaction.atomic():
            rows = MassRun.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
            run = rows.filter(pk=run_id, state=RunState.RUNNING).first()
            if run is None:
                return False
            _do(run)
            return run.state == RunState.RUNNING
    except DatabaseError:
        raise  # the base is away, and the clock tries again
    except Unreachable as silence:  # and so it does when a neighbour is away
        MassRun.objects.filter(pk=run_id).update(last_error=str(silence)[:2000])
        return False
    except Exception as error:  # a worker's loop: the run waits for a person with the cause
        log.error("mass_run_failed", run=run_id, exc_info=error)
        cause = f"{type(error).__name__}: {error}"[:2000]
        MassRun.objects.filter(pk=run_id).update(state=RunState.PAUSED, last_error=cause)
        return False


def _do(run: MassRun) -> None:
    step = STEPS[run.deed](run)
    run.seen, run.done, run.bookmark, run.last_error = run.seen + step.seen, run.done + step.done, step.bookmark, ""
    if step.bookmark is None:
        run.state, run.finished_at = RunState.FINISHED, timezone.now()
    run.save()
