"""Which machine of a work centre gets a job order when nobody chooses one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, exists, func, select

from wiadukt.contract.states import JobState
from wiadukt.production.assignments import assign
from wiadukt.production.errands import forget_refusals
from wiadukt.production.job_orders import by_urgency
from wiadukt.production.store import job_order, machine_job, work_request


@dataclass(frozen=True)
class Seat:
    """A machine that takes the jobs of its work centre by itself and answers; at most `holds` at a time."""

    machine_id: str
    work_centre: str
    holds: int


def give_by_rule(connection: Connection, seats: Sequence[Seat], today: date) -> list[tuple[str, str]]:
    """Gives each machine with room the most urgent jobs of its work centre; pairs of job and machine.

    A job waits in the queue of its work centre until a machine has room, so one that is off gets none. One that a
    machine refused, or can't take now, goes to another one, unless a person had chosen that machine; when none of
    them can take it now, it is tried with all of them again later.
    """
    forget_refusals(connection)
    given = []
    for seat in seats:
        free = seat.holds - _held(connection, seat.machine_id)
        for job_id in _next(connection, seat, today, limit=free) if free > 0 else ():
            assign(connection, job_id, seat.machine_id, by_rule=True)
            given.append((job_id, seat.machine_id))
    return given


def _held(connection: Connection, machine_id: str) -> int:
    at_it = machine_job.c.state.in_(("to_send", "sent", "to_withdraw", "to_recall"))
    query = select(func.count()).select_from(machine_job).where(machine_job.c.machine_id == machine_id, at_it)
    return connection.execute(query).scalar_one()


def _next(connection: Connection, seat: Seat, today: date, *, limit: int) -> list[str]:
    of_job = machine_job.c.job_id == job_order.c.id
    can_move = machine_job.c.by_rule & ~machine_job.c.refused_by.contains([seat.machine_id])
    query = (
        select(job_order.c.id)
        .join(work_request)
        .where(job_order.c.work_centre == seat.work_centre, job_order.c.state == JobState.WAITING)
        .where(func.coalesce(job_order.c.planned_on, today) <= today)
        .where(~exists().where(of_job) | exists().where(of_job, can_move, machine_job.c.state == "refused"))
        .order_by(*by_urgency())
        .limit(limit)
    )
    return list(connection.execute(query).scalars())
