"""What a machine's report does to a job order: what an operator would have tapped, and no tap twice."""

from __future__ import annotations

from collections.abc import Set
from decimal import Decimal

from sqlalchemy import Connection, exists, select

from wiadukt.contract.states import JobState
from wiadukt.production.assignments import OVER, WITH_PEOPLE, change, lose, row_of
from wiadukt.production.machines.port import JobReport, MachineState
from wiadukt.production.progress import Action, Counts, Step, hold_order_of, load_counts, take_step, token_of_machine
from wiadukt.production.store import machine_job, machine_remains

BY_MACHINE = "by the machine"


def apply_report(connection: Connection, machine_id: str, said: JobReport) -> bool:
    """Takes over what the machine says of a job of ours; False when it is none, or nothing is new. Repeatable."""
    mine = (machine_job.c.machine_id == machine_id) & (machine_job.c.job_id == said.job_id)
    # What is left in the machine from an earlier time there was counted then.
    left = exists().where(machine_remains.c.machine_id == machine_id, machine_remains.c.job_id == said.job_id)
    if connection.execute(select(machine_job.c.job_id).where(mine, ~left)).first() is None:
        return False
    hold_order_of(connection, said.job_id)
    row = row_of(connection, said.job_id)
    if row is None or row.machine_id != machine_id or row.offered_at is None or row.state in WITH_PEOPLE:
        return False
    steps = steps_for(load_counts(connection, said.job_id), said, taken_good=row.good, taken_scrap=row.scrap)
    for step in steps:
        take_step(connection, said.job_id, step)
    values: dict[str, object] = {"good": max(row.good, said.good), "scrap": max(row.scrap, said.scrap)}
    if said.state is MachineState.ENDED:
        values |= {"state": "ended", "reason": None}
    elif said.state is MachineState.ABORTED and row.state != "to_withdraw":
        reason = {"code": "machine_aborted", "values": {"job": said.job_id}}
        values |= {"state": "refused", "by_rule": False, "reason": reason}
    elif said.state is MachineState.GONE and row.state == "sent":
        lose(connection, said.job_id)
    change(connection, said.job_id, **values)
    return bool(steps)


def apply_absence(connection: Connection, machine_id: str, listed: Set[str]) -> None:
    """At the start of a session: what we know to be there and the machine does not list is gone. A person decides:
    it may have been made and cleared while we were away."""
    here = (machine_job.c.machine_id == machine_id) & (machine_job.c.state == "sent")
    for job_id in connection.execute(select(machine_job.c.job_id).where(here)).scalars().all():
        if job_id not in listed:
            apply_report(connection, machine_id, JobReport(job_id, MachineState.GONE))


def steps_for(counts: Counts, said: JobReport, *, taken_good: Decimal, taken_scrap: Decimal) -> list[Step]:
    """What an operator would have tapped to bring the job order from `counts` to what the machine says. No I/O."""
    if counts.state in OVER:
        return []
    good, scrap = max(said.good - taken_good, Decimal(0)), max(said.scrap - taken_scrap, Decimal(0))
    steps, runs = [], counts.state is JobState.RUNNING
    if not runs and (good or scrap or said.state in (MachineState.RUNNING, MachineState.ENDED)):
        steps.append(Step(Action.START, token_of_machine()))
        runs = True
    if good:
        steps.append(Step(Action.GOOD, token_of_machine(), good, note=_note(counts.good + good > counts.planned)))
    if scrap:
        steps.append(Step(Action.SCRAP, token_of_machine(), scrap))
    if said.state is MachineState.ENDED:
        steps.append(Step(Action.DONE, token_of_machine(), note=_note(counts.good + good < counts.planned)))
    elif runs and said.state in (MachineState.HELD, MachineState.ABORTED, MachineState.GONE):
        steps.append(Step(Action.PAUSE, token_of_machine()))
    return steps


def _note(needed: bool) -> str:
    return BY_MACHINE if needed else ""
