"""Jobs that wake a worker: of each at most one waits, since it sees whatever was said before it began."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def after_commit(task: str) -> None:
    """A worker that starts then sees what was written. The clock covers a crash, or a fault, in between."""
    transaction.on_commit(partial(once, task), robust=True)


def once(task: str, lock: str = "", **arguments: Any) -> None:
    """Queues the job unless it waits already. Jobs with the same `lock` (their own without one) count as the same."""
    try:
        with transaction.atomic():
            app.configure_task(task, queueing_lock=lock or task, lock=lock or None).defer(**arguments)
    except AlreadyEnqueued:
        pass  # it has not begun, so it will see this too
