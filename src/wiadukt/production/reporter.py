"""Delivers progress reports to the ERP's connector, from the outbox rows that `progress` wrote.

A claim is a lease, not a success: a row is marked only after the answer, and a killed reporter's lease ends by
itself. So a report may arrive twice or out of turn; the receiver keeps the greatest revision.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta

import httpx
import structlog
from pydantic import ValidationError
from sqlalchemy import Connection, Engine, exists, func, select, update

from wiadukt.contract.problem import Problem
from wiadukt.production.store import report, work_request
from wiadukt.runtime import backoff, trace

LONGEST_PAUSE_S = 60.0
PATIENT_CODES = frozenset({"order_unknown"})
"""The order's document may reach the ERP later than the work request reached us: not a refusal, only early."""
OUR_OWN_FAULT = frozenset({401, 403, 408, 425, 429})
"""These speak of tokens, waiting and load, not of the report: try again even when they come with a reason."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Claimed:
    """A report that this process may send until its lease ends."""

    id: int
    order_number: str
    revision: int
    payload: dict[str, object]
    attempts: int
    traceparent: str


@dataclass(frozen=True)
class Answer:
    """What became of one attempt: `state` is sent, rejected or waiting; the rest is shown to people."""

    state: str
    status: int = 0
    code: str = ""
    title: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Standing:
    """How many reports wait, for how long the oldest, and how many the connector refused."""

    waiting: int
    oldest_s: float
    rejected: int


def standing(connection: Connection) -> Standing:
    waiting, oldest_s = connection.execute(
        select(func.count(), func.extract("epoch", func.now() - func.min(report.c.created_at))).where(
            report.c.state == "waiting"
        )
    ).one()
    rejected = connection.execute(select(func.count()).where(report.c.state == "rejected")).scalar_one()
    return Standing(waiting, float(oldest_s or 0), rejected)


def claim(connection: Connection, lease: timedelta = timedelta(seconds=30)) -> Claimed | None:
    """The report that has waited longest among the newest of each order, or None; others skip it meanwhile."""
    newer = report.alias("newer")
    due = (
        select(report.c.id)
        .where(
            report.c.state == "waiting",
            report.c.next_attempt_at <= func.now(),
            func.coalesce(report.c.claimed_until, func.now()) <= func.now(),
            ~exists().where(newer.c.order_number == report.c.order_number, newer.c.revision > report.c.revision),
        )
        .order_by(report.c.next_attempt_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    begun = (
        select(work_request.c.traceparent)
        .where(work_request.c.order_number == report.c.order_number)
        .scalar_subquery()
        .label("traceparent")
    )
    row = connection.execute(
        update(report)
        .where(report.c.id == due.scalar_subquery())
        .values(claimed_until=func.now() + lease, attempts=report.c.attempts + 1)
        .returning(*(report.c[name] for name in ("id", "order_number", "revision", "payload", "attempts")), begun)
    ).first()
    return Claimed(**row._mapping) if row else None


def settle(connection: Connection, claimed: Claimed, answer: Answer) -> None:
    """Keeps the answer. When the report is through, older ones of its order need not be sent any more."""
    values: dict[str, object] = {"state": answer.state, "claimed_until": None, "answer": _as_json(answer)}
    if answer.state == "waiting":
        values["next_attempt_at"] = func.now() + backoff.delay(claimed.attempts, cap_s=LONGEST_PAUSE_S)
    else:
        values["settled_at"] = func.now()
        connection.execute(
            update(report)
            .where(
                report.c.order_number == claimed.order_number,
                report.c.revision < claimed.revision,
                report.c.state == "waiting",
            )
            .values(state="superseded", settled_at=func.now(), claimed_until=None)
        )
    # A report that was sent stays sent, even when a second sender whose lease had ended got another answer.
    connection.execute(update(report).where(report.c.id == claimed.id, report.c.state != "sent").values(**values))


def send_again(connection: Connection, order_number: str) -> None:
    """Puts the rejected reports of an order back in line, after someone has mended the cause."""
    connection.execute(
        update(report)
        .where(report.c.order_number == order_number, report.c.state == "rejected")
        .values(state="waiting", next_attempt_at=func.now(), attempts=0, settled_at=None)
    )


def _as_json(answer: Answer) -> dict[str, object]:
    return {"status": answer.status, "code": answer.code, "title": answer.title, "detail": answer.detail}


def read_answer(response: httpx.Response) -> Answer:
    """An HTTP answer in our terms. Only a refusal with a reason is final; everything else is tried again."""
    if response.is_success:
        return Answer("sent", response.status_code)
    try:
        problem = Problem.model_validate_json(response.content)
    except ValidationError:
        problem = Problem(title="", status=response.status_code, code="")
    reasoned = 400 <= response.status_code < 500 and bool(problem.code)
    final = reasoned and problem.code not in PATIENT_CODES and response.status_code not in OUR_OWN_FAULT
    state = "rejected" if final else "waiting"
    return Answer(state, response.status_code, problem.code, problem.title, problem.detail)


class Reporter(threading.Thread):
    """Sends what is due until `stop` is called; `wake` makes it look at once."""

    def __init__(self, engine: Engine, client: httpx.Client, *, poll_s: float, lease_s: float = 30) -> None:
        super().__init__(name="reporter", daemon=True)
        self._engine, self.client, self._poll_s = engine, client, poll_s
        self._lease = timedelta(seconds=lease_s)
        self._stopping, self._woken = threading.Event(), threading.Event()

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        """Ends after the report in hand; waits for it."""
        self._stopping.set()
        self._woken.set()
        if self.is_alive():
            self.join()

    def run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            pause_s = self._poll_s
            try:
                while not self._stopping.is_set() and self.deliver_one():
                    pass
                failures = 0
            except Exception:  # our base may be away for a while; a worker's loop outlives it
                failures += 1
                pause_s = backoff.delay(failures, cap_s=10).total_seconds()
                log.exception("reporter_failed", failures=failures)
            self._woken.wait(pause_s)
            self._woken.clear()

    def deliver_one(self) -> bool:
        """Claims and sends one report; False when none is due."""
        with self._engine.begin() as connection:
            claimed = claim(connection, self._lease)
        if claimed is None:
            return False
        with trace.going_on(claimed.traceparent, "progress report"):
            self._deliver(claimed)
        return True

    def _deliver(self, claimed: Claimed) -> None:
        answer = self._put(claimed)
        with self._engine.begin() as connection:
            settle(connection, claimed, answer)
        log.info(
            "report_" + answer.state,
            order=claimed.order_number,
            revision=claimed.revision,
            attempt=claimed.attempts,
            status=answer.status,
            code=answer.code,
        )

    def _put(self, claimed: Claimed) -> Answer:
        try:
            response = self.client.put(f"/v1/orders/{claimed.order_number}/progress", json=claimed.payload)
        except httpx.HTTPError as error:
            return Answer("waiting", code="unreachable", title=f"{type(error).__name__}: {error}")
        return read_answer(response)
