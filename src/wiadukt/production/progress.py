"""What the floor does to a job order, and what the ERP is told of it.

The step, the counts and the report are written in one transaction: none of them exists without the others.
Locks are taken in one order everywhere: the work request, then the job order.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Connection, Row, func, insert, select, update

from wiadukt.contract.base import OrderNumber
from wiadukt.contract.job_order import ProgressReport
from wiadukt.contract.order import LineProgress
from wiadukt.contract.states import JOB_STEPS, JobState, ProductionState
from wiadukt.production.refusals import Refusal
from wiadukt.production.store import job_order, job_step, report, work_request

LARGEST_COUNT = Decimal(1_000_000)


class Action(StrEnum):
    """What an operator may do; to release what is held is the planner's."""

    START = "start"
    PAUSE = "pause"
    GOOD = "good"
    SCRAP = "scrap"
    DONE = "done"
    RELEASE = "release"


TARGETS = {
    Action.START: JobState.RUNNING,
    Action.PAUSE: JobState.HELD,
    Action.DONE: JobState.COMPLETED,
    Action.RELEASE: JobState.WAITING,
}


@dataclass(frozen=True)
class Step:
    """One tap. `token` is the same for a repeat of the same tap; `quantity` matters for good and scrap only."""

    action: Action
    token: str
    quantity: Decimal = Decimal(0)
    note: str = ""


@dataclass(frozen=True)
class Counts:
    """A job order as far as steps change it."""

    job_id: str
    state: JobState
    planned: Decimal
    good: Decimal
    scrap: Decimal


def allowed_actions(state: JobState) -> frozenset[Action]:
    """What may be pressed in this state."""
    moves = {action for action, target in TARGETS.items() if (state, target) in JOB_STEPS}
    counts = {Action.GOOD, Action.SCRAP} if state is JobState.RUNNING else set()
    return frozenset(moves | counts)


def after(counts: Counts, step: Step) -> Counts:
    """The counts after this step; raises Refusal when the step is not allowed. No I/O."""
    if step.action in TARGETS:
        return _moved(counts, step)
    if counts.state is not JobState.RUNNING:
        raise Refusal("not_running", object_id=counts.job_id, job=counts.job_id, state=counts.state.value)
    if not (step.quantity.is_finite() and 0 < step.quantity <= LARGEST_COUNT):
        raise Refusal("quantity_invalid", field="quantity", object_id=counts.job_id)
    good, scrap = counts.good, counts.scrap
    if step.action is Action.GOOD:
        good += step.quantity
        if good > counts.planned and not step.note:
            raise _needs_note("over_plan", counts, good)
    else:
        scrap += step.quantity
    return Counts(counts.job_id, counts.state, counts.planned, good, scrap)


def _moved(counts: Counts, step: Step) -> Counts:
    target = TARGETS[step.action]
    if (counts.state, target) not in JOB_STEPS:
        raise Refusal("step_forbidden", object_id=counts.job_id, job=counts.job_id, state=counts.state.value)
    if step.action is Action.DONE and counts.good < counts.planned and not step.note:
        # The ERP would tell the buyer that everything is ready, and nobody can take that back.
        raise _needs_note("short_of_plan", counts, counts.good)
    return Counts(counts.job_id, target, counts.planned, counts.good, counts.scrap)


def _needs_note(code: str, counts: Counts, good: Decimal) -> Refusal:
    return Refusal(
        code,
        field="note",
        object_id=counts.job_id,
        good=f"{good.normalize():f}",
        planned=f"{counts.planned.normalize():f}",
    )


def order_state(jobs: Sequence[Counts]) -> ProductionState:
    """Where the whole order stands; cancelled job orders do not hold it up."""
    alive = [job for job in jobs if job.state is not JobState.CANCELLED] or list(jobs)
    if all(job.state is JobState.COMPLETED for job in alive):
        return ProductionState.READY
    if all(job.state is JobState.WAITING and not job.good and not job.scrap for job in alive):
        return ProductionState.WAITING
    return ProductionState.IN_PRODUCTION


def by_line(order_number: str, jobs: Sequence[Counts]) -> tuple[LineProgress, ...]:
    """What is made of each line: a job's id is the order's number and the line's, and of a split also its part's.
    Jobs whose ids are made otherwise are left out, and so are cancelled ones."""
    made: dict[int, tuple[Decimal, Decimal]] = {}
    for job in jobs:
        line = job.job_id.removeprefix(f"{order_number}-").partition(".")[0]
        if job.state is JobState.CANCELLED or not line.isdecimal() or not int(line):
            continue
        good, planned = made.get(int(line), (Decimal(0), Decimal(0)))
        made[int(line)] = good + job.good, planned + job.planned
    return tuple(LineProgress(line_no=line, good=made[line][0], planned=made[line][1]) for line in sorted(made))


def take_step(connection: Connection, job_id: str, step: Step) -> bool:
    """Does the step and writes the report of the order; False when this very tap was counted before.

    Raises Refusal (`job_not_here`, `step_forbidden`, `not_running`, `over_plan`, `short_of_plan`, ...).
    """
    if not step.token:
        raise Refusal("token_missing", field="token", object_id=job_id)
    order_number = hold_order_of(connection, job_id)
    jobs = {row.id: _counts(row) for row in _lock_jobs(connection, order_number)}
    if job_id not in jobs:  # replaced by a changed request while we waited for the lock
        raise Refusal("job_not_here", object_id=job_id, job=job_id)
    if _taken_before(connection, job_id, step):
        return False
    changed = after(jobs[job_id], step)
    _write(connection, changed, step)
    _write_report(connection, order_number, list({**jobs, job_id: changed}.values()))
    return True


def hold_order_of(connection: Connection, job_id: str) -> str:
    """The number of the job's order, locked until the transaction ends. Refused with `job_not_here`."""
    order_number = connection.execute(select(job_order.c.order_number).where(job_order.c.id == job_id)).scalar()
    if order_number is None:
        raise Refusal("job_not_here", object_id=job_id, job=job_id)
    connection.execute(
        select(work_request.c.order_number).where(work_request.c.order_number == order_number).with_for_update()
    )
    return str(order_number)


def load_counts(connection: Connection, job_id: str) -> Counts:
    """Where the job order stands now."""
    return _counts(connection.execute(select(job_order).where(job_order.c.id == job_id)).one())


def token_of_machine() -> str:
    """Steps of a machine are counted by its own totals, so each has a token of its own."""
    return f"machine-{uuid.uuid4().hex}"


def _lock_jobs(connection: Connection, order_number: str) -> Sequence[Row]:
    query = select(job_order).where(job_order.c.order_number == order_number).order_by(job_order.c.position)
    return connection.execute(query.with_for_update()).all()


def _counts(row: Row) -> Counts:
    return Counts(row.id, JobState(row.state), row.quantity, row.good, row.scrap)


def _taken_before(connection: Connection, job_id: str, step: Step) -> bool:
    known = connection.execute(
        select(job_step.c.action, job_step.c.quantity).where(
            job_step.c.job_id == job_id, job_step.c.token == step.token
        )
    ).first()
    if known is None:
        return False
    if known.action != step.action:
        raise Refusal("token_reused", field="token", object_id=job_id)
    return True


def _write(connection: Connection, counts: Counts, step: Step) -> None:
    values: dict[str, object] = {"state": counts.state, "good": counts.good, "scrap": counts.scrap}
    if step.action is Action.START:
        values["started_at"] = func.coalesce(job_order.c.started_at, func.now())
    if step.action is Action.DONE:
        values["completed_at"] = func.now()
    connection.execute(update(job_order).where(job_order.c.id == counts.job_id).values(**values))
    quantity = step.quantity if step.action not in TARGETS else Decimal(0)
    connection.execute(
        insert(job_step).values(
            job_id=counts.job_id, token=step.token, action=step.action, quantity=quantity, note=step.note
        )
    )


def _write_report(connection: Connection, order_number: str, jobs: Sequence[Counts]) -> None:
    revision = connection.execute(
        update(work_request)
        .where(work_request.c.order_number == order_number)
        .values(revision=work_request.c.revision + 1)
        .returning(work_request.c.revision)
    ).scalar_one()
    message = ProgressReport(
        order_number=OrderNumber(order_number),
        revision=revision,
        state=order_state(jobs),
        good=sum((job.good for job in jobs), Decimal(0)),
        planned=sum((job.planned for job in jobs), Decimal(0)),
        lines=by_line(order_number, jobs),
    )
    payload = message.model_dump(mode="json")
    connection.execute(insert(report).values(order_number=order_number, revision=revision, payload=payload))
