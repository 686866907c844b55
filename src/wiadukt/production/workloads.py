"""What each machine has of our job orders: what it works on, and how many wait there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, func, select

from wiadukt.contract.states import JobState
from wiadukt.production.store import job_order, machine_job

THERE = ("sent", "to_withdraw", "to_recall")


@dataclass(frozen=True)
class AtWork:
    """One job that a machine has begun."""

    id: str
    state: str
    good: Decimal
    quantity: Decimal
    unit: str


@dataclass(frozen=True)
class Workload:
    """`begun` in the order of their beginning; `waiting` is how many it has and has not begun."""

    begun: Sequence[AtWork]
    waiting: int

    @property
    def state(self) -> str:
        """running, held or idle: the words in which machines tell of themselves."""
        states = {one.state for one in self.begun}
        return "running" if JobState.RUNNING in states else "held" if states else "idle"


def load_workloads(connection: Connection) -> dict[str, Workload]:
    """Of every machine that has a job now."""
    there = select(machine_job.c.machine_id).join(job_order).where(machine_job.c.state.in_(THERE))
    waits = there.add_columns(func.count().label("jobs")).where(job_order.c.state == JobState.WAITING)
    waiting = {one.machine_id: one.jobs for one in connection.execute(waits.group_by(machine_job.c.machine_id))}
    columns = [job_order.c[name] for name in AtWork.__dataclass_fields__]
    begun: dict[str, list[AtWork]] = {}
    at_work = there.add_columns(*columns).where(job_order.c.state.in_((JobState.RUNNING, JobState.HELD)))
    for machine_id, *fields in connection.execute(at_work.order_by(job_order.c.started_at)):
        begun.setdefault(machine_id, []).append(AtWork(*fields))
    return {one: Workload(begun.get(one, ()), waiting.get(one, 0)) for one in {*waiting, *begun}}
