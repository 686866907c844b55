"""Claimed rows -> signed batches of thin events to the shop."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import httpx
import structlog
from prometheus_client import Counter, Histogram
from pydantic import ValidationError
from sqlalchemy import Engine

from wiadukt.contract.errors import Misconfigured, WiaduktError
from wiadukt.contract.event import BATCH_MEDIA_TYPE, ThinEvent
from wiadukt.contract.problem import Problem
from wiadukt.runtime import clock, trace
from wiadukt.runtime.backoff import delay
from wiadukt.runtime.signing import sign, split_secrets
from wiadukt.wapro import queue
from wiadukt.wapro.engine import writing
from wiadukt.wapro.queue import Claimed
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.write import told

TIMEOUT_S = 10
PRUNE_EVERY_S = 3600
LONGEST_PAUSE_S = 10.0
SMALL = 5  # of a batch, the part below which it is a small one; rows of one object merge, so few fill it
# These refuse the sender or the moment, not the events.
PASSING = frozenset({401, 403, 404, 405, 408, 425, 429})
EVENTS = Counter("wiadukt_connector_events", "Events said to the shop, by what came of it.", ("outcome",))
WEBHOOK_SECONDS = Histogram(
    "wiadukt_connector_webhook_seconds", "Until the shop answered a batch of events, or did not."
)
log = structlog.get_logger()


@dataclass(frozen=True)
class Answer:
    """What the shop said to a batch. `final`: it named a reason that a repeat will not change."""

    taken: bool
    final: bool = False
    cause: str = ""


class Dispatcher:
    """One sender. Several may run, in one process or many: a claim belongs to one of them at a time."""

    def __init__(self, engine: Engine, settings: Settings, http: httpx.Client) -> None:
        self.engine, self.settings, self.http = engine, settings, http
        self.secrets = split_secrets(settings.webhook_secrets)
        if not self.secrets:
            raise Misconfigured("WEBHOOK_SECRETS", "events can't be signed.", remedy="Give the shop's key here too.")
        self.who = uuid.uuid4().hex
        self.stopping = threading.Event()
        self.failures = 0
        """How many times running the shop or the base did not answer; the loop slows down with it."""

    def run(self) -> None:
        """Sends until `stopping` is set. An outage of the base or of the shop only slows it down."""
        pruned_at = 0.0
        while not self.stopping.is_set():
            try:
                sent = self.step()
                if time.monotonic() - pruned_at > PRUNE_EVERY_S:
                    pruned_at = time.monotonic()
                    self._prune()
                # After a small batch there is no hurry: what changes within a moment goes together, and is fetched so.
                pause_s = self.settings.dispatch_idle_s if sent < self.settings.dispatch_batch / SMALL else 0.0
            except WiaduktError as error:
                self.failures += 1
                log.warning("dispatch_waits", cause=str(error))
            except Exception as error:  # a worker's loop outlives a defect; the rows stay and their lease ends
                self.failures += 1
                log.error("dispatch_failed", error=repr(error))
            if self.failures:
                pause_s = delay(self.failures, base_s=0.5, cap_s=LONGEST_PAUSE_S).total_seconds()
            self.stopping.wait(pause_s)

    def step(self) -> int:
        """One batch: claim, send, mark. Returns how many objects were claimed."""
        with writing(self.engine) as conn:
            claimed = queue.claim(conn, self.who, self.settings.dispatch_batch, self.settings.dispatch_lease_s)
        answered = self._send(claimed) if claimed else True
        self.failures = 0 if answered else self.failures + 1
        return len(claimed)

    def _prune(self) -> None:
        portion = 5000
        with writing(self.engine) as conn:
            told.forget_answers(conn, self.settings.queue_keep_days)
        while not self.stopping.is_set():
            with writing(self.engine) as conn:
                if queue.prune(conn, self.settings.queue_keep_days, portion) < portion:
                    return

    def _send(self, claimed: Sequence[Claimed]) -> bool:
        """False when nobody answered, or not now: then the rows wait. Each batch is a trace."""
        with trace.going_on(name="events"):
            return self._say(claimed)

    def _say(self, claimed: Sequence[Claimed]) -> bool:
        with WEBHOOK_SECONDS.time():
            answer = self._post(claimed)
        if answer.final and len(claimed) > 1:
            return self._send_singly(claimed)
        with writing(self.engine) as conn:
            if answer.taken:
                queue.mark_sent(conn, self.who, claimed)
            elif answer.final:
                queue.reject(conn, self.who, claimed, answer.cause)
            else:
                queue.postpone(conn, self.who, claimed, answer.cause)
        outcome = "sent" if answer.taken else "rejected" if answer.final else "wait"
        EVENTS.labels(outcome).inc(len(claimed))
        (log.info if answer.taken else log.warning)(f"events_{outcome}", count=len(claimed), cause=answer.cause)
        return answer.taken or answer.final

    def _send_singly(self, claimed: Sequence[Claimed]) -> bool:
        """A batch was refused: one bad event does not stop the others. An outage on the way stops the rest."""
        for place, one in enumerate(claimed, start=1):
            if not self._send([one]):
                with writing(self.engine) as conn:
                    queue.postpone(conn, self.who, claimed[place:], "the shop stopped answering")
                return False
        return True

    def _post(self, claimed: Sequence[Claimed]) -> Answer:
        body = json.dumps([self._event(one).model_dump(mode="json") for one in claimed])
        headers = sign(self.secrets, message_id=uuid.uuid4().hex, at=clock.now(), body=body)
        headers |= {"content-type": BATCH_MEDIA_TYPE, trace.HEADER: trace.traceparent()}
        try:
            answer = self.http.post(self.settings.shop_events_url, content=body, headers=headers)
        except httpx.HTTPError as error:
            return Answer(taken=False, cause=f"{type(error).__name__}: {error}")
        if answer.is_success:
            return Answer(taken=True)
        return _refusal(answer)

    def _event(self, one: Claimed) -> ThinEvent:
        """The id stays the same over every attempt. The time is in it, since a base restored from a copy, or a
        queue installed anew, counts from the beginning again."""
        source = self.settings.event_source
        moment = int(one.accepted_at.timestamp() * 1000)
        event_id = f"{source.strip('/').replace('/', '-')}-{one.event_number}-{moment}"
        return ThinEvent.changed(one.kind, one.object_id, event_id=event_id, source=source, time=one.accepted_at)


def _refusal(answer: httpx.Response) -> Answer:
    """Only a 4xx that carries a reason is final; anything else may come from a proxy, a restart, a wrong address."""
    cause = f"{answer.status_code}: {answer.text[:500]}"
    if answer.status_code in PASSING or not 400 <= answer.status_code < 500:
        return Answer(taken=False, cause=cause)
    try:
        problem = Problem.model_validate_json(answer.content)
    except ValidationError:
        return Answer(taken=False, cause=cause)
    return Answer(taken=False, final=True, cause=f"{problem.code}: {problem.title} {problem.detail}".strip())
