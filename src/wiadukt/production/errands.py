"""What is to be done at one machine now, and what became of it: the gateway's half of `assignments`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, Row, delete, exists, func, select, update

from wiadukt.contract.job_order import JobOrder
from wiadukt.contract.states import JobState
from wiadukt.production import recalling
from wiadukt.production.assignments import change, give_on, leave_remains, row_of
from wiadukt.production.job_orders import by_urgency
from wiadukt.production.machines.port import MachineJob
from wiadukt.production.progress import Action, Step, hold_order_of, load_counts, take_step, token_of_machine
from wiadukt.production.refusals import Refusal
from wiadukt.production.store import job_order, machine_job, machine_remains, work_request

TRY_AGAIN_AFTER = timedelta(seconds=15)
EPOCH = date(2020, 1, 1)
SOONEST = 20_000
"""ISA-95 wants a greater number for what goes sooner, 16 bits wide; the same day always gives the same number."""


@dataclass(frozen=True)
class Errands:
    """Ids, but for what is sent. `remains` first: they make room."""

    remains: Sequence[str]
    to_withdraw: Sequence[str]
    to_recall: Sequence[str]
    overdue: Sequence[str]
    ended: Sequence[str]
    to_send: Sequence[MachineJob]


def load_errands(connection: Connection, machine_id: str, *, holds: int) -> Errands:
    """What this machine's tender has to do. `holds` is how many job orders the machine gets ahead of its work."""
    remains = connection.execute(select(machine_remains.c.job_id).where(machine_remains.c.machine_id == machine_id))
    held = _ids(connection, machine_id, "sent", "to_withdraw", "to_recall")
    return Errands(
        list(remains.scalars()),
        _ids(connection, machine_id, "to_withdraw"),
        _ids(connection, machine_id, "to_recall"),
        recalling.overdue(connection, machine_id),
        _ids(connection, machine_id, "ended"),
        _load_to_send(connection, machine_id, limit=max(0, holds - len(held))),
    )


def _ids(connection: Connection, machine_id: str, *states: str) -> list[str]:
    here = machine_job.c.machine_id == machine_id
    return list(connection.execute(select(machine_job.c.job_id).where(here, machine_job.c.state.in_(states))).scalars())


def _load_to_send(connection: Connection, machine_id: str, *, limit: int) -> list[MachineJob]:
    here = machine_job.c.machine_id == machine_id
    left = exists().where(machine_remains.c.machine_id == machine_id, machine_remains.c.job_id == machine_job.c.job_id)
    query = (
        select(job_order, work_request)
        .join(work_request)
        .join(machine_job, machine_job.c.job_id == job_order.c.id)
        .where(here, machine_job.c.state == "to_send", func.coalesce(machine_job.c.retry_at, func.now()) <= func.now())
        .where(~left)
        .order_by(*by_urgency())
        .limit(limit)
    )
    return [_machine_job(row) for row in connection.execute(query)]


def _machine_job(row: Row) -> MachineJob:
    job = JobOrder(
        id=row.id,
        product_id=row.product_id,
        description=row.description,
        quantity=row.quantity,
        unit=row.unit,
        parameters=row.parameters,
    )
    wanted = row.planned_on or row.due_on
    priority = max(0, SOONEST - (wanted - EPOCH).days) if wanted else 0
    return MachineJob(
        job,
        (row.order_number,),
        row.customer_name,
        row.customer_order_number,
        row.due_on,
        priority=priority,
        traceparent=row.traceparent,
    )


def note_offered(connection: Connection, machine_id: str, job_id: str) -> bool:
    """Kept before the machine is asked: from now on it may have the job. False when it shall not get it any more."""
    offered = (
        update(machine_job)
        .where(_is(machine_id, job_id), machine_job.c.state == "to_send")
        .values(offered_at=func.coalesce(machine_job.c.offered_at, func.now()))
        .returning(machine_job.c.job_id)
    )
    return connection.execute(offered).first() is not None


def note_sent(connection: Connection, machine_id: str, job_id: str, reason: dict | None = None) -> None:
    """The machine has it. One that was taken back meanwhile stays to be withdrawn."""
    sent = {"state": "sent", "reason": reason, "retry_at": None, "sent_at": func.now()}
    connection.execute(
        update(machine_job).where(_is(machine_id, job_id), machine_job.c.state == "to_send").values(**sent)
    )


def note_refused(connection: Connection, machine_id: str, job_id: str, reason: dict) -> None:
    """The machine says no and does not have it: a rule may give it to another one, else a person decides."""
    _note_not_taken(connection, machine_id, job_id, state="refused", reason=reason)


def note_later(connection: Connection, machine_id: str, job_id: str, reason: dict) -> None:
    """The machine can't take it now and does not have it: it is offered again, unless another one takes it."""
    retry = func.now() + TRY_AGAIN_AFTER
    _note_not_taken(connection, machine_id, job_id, state="to_send", reason=reason, retry_at=retry)


def forget_refusals(connection: Connection) -> None:
    """What no machine could take for a while may be tried with each of them again."""
    due = machine_job.c.by_rule & (machine_job.c.state == "refused") & (machine_job.c.retry_at <= func.now())
    connection.execute(update(machine_job).where(due).values(refused_by=[], retry_at=None))


def _note_not_taken(connection: Connection, machine_id: str, job_id: str, **values: object) -> None:
    hold_order_of(connection, job_id)
    row = row_of(connection, job_id)
    if row is None or row.machine_id != machine_id:
        return
    if row.state == "to_withdraw":
        give_on(connection, row)
    elif row.state == "to_send":
        values["refused_by"] = sorted({*row.refused_by, machine_id})
        if row.by_rule:  # it is the rule's again
            values["state"] = "refused"
        change(connection, job_id, offered_at=None, **values)


def note_waiting(connection: Connection, machine_id: str, reason: dict) -> None:
    """The machine does not answer: what is for it waits, and the board says why."""
    waiting = machine_job.c.state.in_(("to_send", "to_withdraw", "to_recall"))
    connection.execute(update(machine_job).where(machine_job.c.machine_id == machine_id, waiting).values(reason=reason))


def note_withdrawn(connection: Connection, machine_id: str, job_id: str) -> None:
    """The machine works on it no more: it goes on to the next one, or to people; a job that ran there is held."""
    hold_order_of(connection, job_id)
    row = row_of(connection, job_id)
    if row is None or (row.machine_id, row.state) != (machine_id, "to_withdraw"):
        return
    if load_counts(connection, job_id).state is JobState.RUNNING:
        take_step(connection, job_id, Step(Action.PAUSE, token_of_machine()))
    leave_remains(connection, machine_id, job_id)
    give_on(connection, row)


def note_forgotten(connection: Connection, machine_id: str, job_id: str) -> None:
    """The machine's list has it no more."""
    connection.execute(
        delete(machine_remains).where(machine_remains.c.machine_id == machine_id, machine_remains.c.job_id == job_id)
    )
    ended = _is(machine_id, job_id) & (machine_job.c.state == "ended")
    connection.execute(update(machine_job).where(ended).values(state="done"))


def reason_of(refusal: Refusal) -> dict:
    """A refusal as it is kept."""
    return {"code": refusal.code, "values": {name: str(value)[:500] for name, value in refusal.values.items()}}


def _is(machine_id: str, job_id: str):
    return (machine_job.c.machine_id == machine_id) & (machine_job.c.job_id == job_id)
