"""Routes of the change queue: pages of its rows, what was rejected by cause, and waiting again."""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, Query
from sqlalchemy import Engine

from wiadukt.contract.erp_queue import QueueCauses, QueueFilter, QueuePage, QueueRetried, QueueRetry, QueueRows
from wiadukt.wapro import queue
from wiadukt.wapro.engine import reading, writing

log = structlog.get_logger()


def add_queue(router: APIRouter, engine: Engine) -> None:
    @router.get("/queue", tags=["queue"])
    def queue_rows(asked: Annotated[QueuePage, Query()]) -> QueueRows:
        """A page of the queue, youngest first; `q`: how an object's id begins, or a part of the last error."""
        with reading(engine) as conn:
            found = queue.page(conn, asked.model_copy(update={"limit": asked.limit + 1}))
        rows = tuple(found[: asked.limit])
        return QueueRows(rows=rows, next_before=rows[-1].id if len(found) > asked.limit else None)

    @router.get("/queue/causes", tags=["queue"])
    def queue_causes(asked: Annotated[QueueFilter, Query()]) -> QueueCauses:
        """What was rejected and matches, grouped by the words of the refusal; `q` as for a page."""
        with reading(engine) as conn:
            return queue.causes(conn, asked)

    @router.post("/queue/retry", tags=["queue"])
    def queue_retry(asked: QueueRetry) -> QueueRetried:
        """A portion of the rejected rows waits again, so that no lock lasts; `last` says where the next begins.
        Repeatable."""
        with writing(engine) as conn:
            retried = queue.retry_some(conn, asked)
        log.info("queue_retried", count=retried.count)
        return retried
