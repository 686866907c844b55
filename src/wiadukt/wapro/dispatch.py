"""Claimed rows -> signed batches of thin events to the shop."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Sequence

import httpx
import structlog
from sqlalchemy import Engine

from wiadukt.contract.errors import WiaduktError
from wiadukt.contract.event import BATCH_MEDIA_TYPE, ThinEvent
from wiadukt.runtime import clock
from wiadukt.runtime.signing import sign, split_secrets
from wiadukt.wapro import queue
from wiadukt.wapro.engine import writing
from wiadukt.wapro.queue import Claimed
from wiadukt.wapro.settings import Settings

TIMEOUT_S = 10
PRUNE_EVERY_S = 3600
# These refuse the sender or the moment, not the events.
PASSING = frozenset({401, 403, 404, 408, 425, 429})
log = structlog.get_logger()


class Dispatcher:
    """One sender. Several may run, in one process or many: a claim belongs to one of them at a time."""

    def __init__(self, engine: Engine, settings: Settings, http: httpx.Client) -> None:
        self.engine, self.settings, self.http = engine, settings, http
        self.who = uuid.uuid4().hex
        self.stopping = threading.Event()

    def run(self) -> None:
        """Sends until `stopping` is set. An outage of the base or of the shop only slows it down."""
        pruned_at = 0.0
        while not self.stopping.is_set():
            try:
                sent = self.step()
                if time.monotonic() - pruned_at > PRUNE_EVERY_S:
                    pruned_at = time.monotonic()
                    with writing(self.engine) as conn:
                        queue.prune(conn, self.settings.queue_keep_days)
                pause = 0.0 if sent else self.settings.dispatch_idle_s
            except WiaduktError as error:
                log.warning("dispatch_waits", cause=str(error))
                pause = 1.0
            except Exception as error:  # a worker's loop outlives a defect; the rows stay and their lease ends
                log.error("dispatch_failed", error=repr(error))
                pause = 1.0
            self.stopping.wait(pause)

    def step(self) -> int:
        """One batch: claim, send, mark. Returns how many objects were claimed."""
        with writing(self.engine) as conn:
            claimed = queue.claim(conn, self.who, self.settings.dispatch_batch)
        if claimed:
            self._send(claimed)
        return len(claimed)

    def _send(self, claimed: Sequence[Claimed]) -> None:
        refusal = self._post(claimed)
        with writing(self.engine) as conn:
            if refusal is None:
                queue.mark_sent(conn, self.who, claimed)
                return
            status, cause = refusal
            if status is None or status >= 500 or status in PASSING:
                queue.postpone(conn, self.who, claimed, cause)
                return
            if len(claimed) == 1:
                queue.reject(conn, self.who, claimed, cause)
                return
        # Refused as a batch: sent one by one, so that one bad event does not stop the others.
        for one in claimed:
            self._send([one])

    def _post(self, claimed: Sequence[Claimed]) -> tuple[int | None, str] | None:
        """None when the shop took the batch; else its status (None: no answer) and the cause in words."""
        body = json.dumps([self._event(one).model_dump(mode="json") for one in claimed])
        headers = sign(
            split_secrets(self.settings.webhook_secrets), message_id=uuid.uuid4().hex, at=clock.now(), body=body
        )
        headers["content-type"] = BATCH_MEDIA_TYPE
        try:
            answer = self.http.post(self.settings.shop_events_url, content=body, headers=headers)
        except httpx.TransportError as error:
            return None, f"{type(error).__name__}: {error}"
        if answer.is_success:
            return None
        return answer.status_code, f"{answer.status_code}: {answer.text[:500]}"

    def _event(self, one: Claimed) -> ThinEvent:
        """The id stays the same over every attempt, so that a repeat counts once at the shop."""
        source = self.settings.event_source
        event_id = f"{source.strip('/').replace('/', '-')}-{one.row_ids[0]}"
        return ThinEvent.changed(one.kind, one.object_id, event_id=event_id, source=source, time=one.accepted_at)
