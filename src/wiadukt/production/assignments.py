"""Which machine makes a job order: chosen by a person or by the rule of its work centre, taken back, given on.

Nothing is made twice: from the moment a job order is offered to a machine (`offered_at`) no other machine gets it
before this one has given it back. Where that can't be waited for, a person may say that the machine does not work on
it; what it still has is then taken out of it (`machine_remains`) before it gets anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, func, select, update
from sqlalchemy.dialects.postgresql import insert

from wiadukt.contract.states import JobState
from wiadukt.production.progress import hold_order_of, load_counts
from wiadukt.production.refusals import Refusal
from wiadukt.production.store import machine_job, machine_remains

OVER = (JobState.COMPLETED, JobState.CANCELLED)
LOST = "machine_lost_job"
WITH_PEOPLE = ("refused", "people", "recalled", "done")
"""In these states no machine works on it."""


@dataclass(frozen=True)
class Assignment:
    """Where one job order is on its way to a machine. `reason` says why it waits or was refused."""

    job_id: str
    machine_id: str
    next_machine_id: str | None
    state: str
    reason: dict | None

    @property
    def is_away(self) -> bool:
        """A machine works on it, or may begin to at any moment."""
        return self.state not in WITH_PEOPLE


def assign(connection: Connection, job_id: str, machine_id: str, *, by_rule: bool = False) -> None:
    """Gives the job to this machine; another one that may have it gives it back first. Repeatable.

    Raises Refusal (`job_not_here`, `job_is_over`).
    """
    hold_order_of(connection, job_id)
    state = load_counts(connection, job_id).state
    if state in OVER:
        raise Refusal("job_is_over", object_id=job_id, job=job_id, state=state.value)
    row = row_of(connection, job_id)
    if row is None or row.offered_at is None:
        begin_anew(connection, job_id, machine_id, by_rule=by_rule)
    elif row.state in WITH_PEOPLE:  # it was aborted there: what is left of it goes first
        leave_remains(connection, row.machine_id, job_id)
        begin_anew(connection, job_id, machine_id, by_rule=by_rule)
    elif row.machine_id != machine_id:
        change(connection, job_id, state="to_withdraw", next_machine_id=machine_id, by_rule=by_rule)
    elif row.state == "to_withdraw":  # it shall stay after all; offering it again changes nothing there
        change(connection, job_id, state="to_send", next_machine_id=None)


def take_back(connection: Connection, job_id: str) -> None:
    """The job is for people again, as soon as the machine has given it back. No rule gives it away after that."""
    hold_order_of(connection, job_id)
    row = row_of(connection, job_id)
    if row is None:
        return
    if row.offered_at is None or row.state in WITH_PEOPLE:
        change(connection, job_id, state="people", next_machine_id=None, reason=None)
    else:
        change(connection, job_id, state="to_withdraw", next_machine_id=None)


def release(connection: Connection, job_id: str) -> None:
    """A person has looked: the machine, which does not answer, does not work on it. It goes on at once."""
    hold_order_of(connection, job_id)
    row = row_of(connection, job_id)
    if row is not None and row.state == "to_withdraw":
        leave_remains(connection, row.machine_id, job_id)
        give_on(connection, row)


def give_on(connection: Connection, row: Row) -> None:
    """The machine has it no more: to the next one, or to people."""
    if row.next_machine_id is None:
        change(connection, row.job_id, state="people", reason=None, offered_at=None)
    else:
        begin_anew(connection, row.job_id, row.next_machine_id, by_rule=row.by_rule)


def lose(connection: Connection, job_id: str) -> None:
    """The machine knows it no more, though it had it: it may have been made, so a person decides."""
    reason = {"code": LOST, "values": {"job": job_id}}
    change(connection, job_id, state="refused", by_rule=False, offered_at=None, retry_at=None, reason=reason)


def leave_remains(connection: Connection, machine_id: str, job_id: str) -> None:
    """Whatever this machine still has of the job is taken out of it before it gets it again."""
    row = {"machine_id": machine_id, "job_id": job_id}
    connection.execute(insert(machine_remains).values(row).on_conflict_do_nothing())


def refuse_at_machine(connection: Connection, job_id: str) -> None:
    """People don't count what a machine counts. Refused with `at_machine`."""
    at = load_assignments(connection, [job_id]).get(job_id)
    if at is not None and at.is_away:
        raise Refusal("at_machine", object_id=job_id, job=job_id, machine=at.machine_id)


def load_assignments(connection: Connection, job_ids: Sequence[str]) -> dict[str, Assignment]:
    """Of these job orders, those that a machine had to do with."""
    fields = [machine_job.c[name] for name in Assignment.__dataclass_fields__]
    query = select(*fields).where(machine_job.c.job_id.in_(job_ids))
    return {row.job_id: Assignment(**row._mapping) for row in connection.execute(query)}


def row_of(connection: Connection, job_id: str) -> Row | None:
    """The job's row, locked."""
    return connection.execute(select(machine_job).where(machine_job.c.job_id == job_id).with_for_update()).first()


def change(connection: Connection, job_id: str, **values: object) -> None:
    connection.execute(update(machine_job).where(machine_job.c.job_id == job_id).values(**values))


def begin_anew(connection: Connection, job_id: str, machine_id: str, *, by_rule: bool) -> None:
    """The job is for this machine, which has nothing of it. The caller holds the order."""
    new: dict[str, object] = {"machine_id": machine_id, "state": "to_send", "by_rule": by_rule, "good": 0, "scrap": 0}
    new |= dict.fromkeys(("next_machine_id", "reason", "offered_at", "retry_at", "sent_at"))
    new["assigned_at"] = func.now()
    if not by_rule:  # a person may try again where it was refused
        new["refused_by"] = []
    statement = insert(machine_job).values(job_id=job_id, **new)
    connection.execute(statement.on_conflict_do_update(index_elements=["job_id"], set_=new))
