"""Getting back what machines have of one order and have not begun, so that it can be cancelled.

Every machine is asked (`to_recall`) and answers for itself: it gives the job back (`recalled`) or keeps it. Whoever
asked decides about the whole order once all have answered or his time is up (`cancelling.py`). A machine that answers
when nobody waits any more gets its job again, and so does one whose job nobody came for (`overdue`): whoever asked may
have died meanwhile. Only the machine's own word ends `to_recall`, so what it may have begun is never given to another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection, Row, case, delete, func, select, update

from wiadukt.contract.states import JobState
from wiadukt.production.assignments import begin_anew, change, lose, row_of
from wiadukt.production.progress import hold_order_of, load_counts
from wiadukt.production.store import job_order, machine_job

WAITED_FOR = timedelta(seconds=30)
"""Longer than anybody waits (`cancelling.PATIENCE_S`)."""
AT_MACHINE = ("to_send", "sent", "to_recall")


def ask_back(connection: Connection, order_number: str) -> bool:
    """Asks for every job of the order that a machine has or is to get; whether an answer is to be waited for. What was
    never offered to its machine is back at once. The caller holds the order."""
    never = machine_job.c.offered_at.is_(None)
    wanted = {"state": case((never, "recalled"), else_="to_recall"), "retry_at": func.now() + WAITED_FOR}
    there = _of_order(order_number) & machine_job.c.state.in_(AT_MACHINE)
    connection.execute(update(machine_job).where(there).values(**wanted))
    return is_awaited(connection, order_number)


def is_awaited(connection: Connection, order_number: str) -> bool:
    """Whether a machine has yet to say what it does with a job of this order."""
    pending = _of_order(order_number) & machine_job.c.state.in_(("to_recall", "to_withdraw"))
    return connection.execute(select(machine_job.c.job_id).where(pending).limit(1)).first() is not None


def keep_back(connection: Connection, order_number: str) -> None:
    """The order is cancelled: what was given back goes to no machine."""
    connection.execute(update(machine_job).where(_of_order(order_number)).values(retry_at=None))


def give_again(connection: Connection, order_number: str) -> None:
    """The order is made: what was given back goes where it would have gone, and for the rest nobody waits any more.
    The caller holds the order."""
    back = _of_order(order_number) & (machine_job.c.state == "recalled")
    for job_id in connection.execute(select(machine_job.c.job_id).where(back)).scalars().all():
        _again(connection, row_of(connection, job_id))
    asked = _of_order(order_number) & (machine_job.c.state == "to_recall")
    connection.execute(update(machine_job).where(asked).values(retry_at=None))


def overdue(connection: Connection, machine_id: str) -> Sequence[str]:
    """Jobs that this machine gave back and that nobody came for."""
    here = (machine_job.c.machine_id == machine_id) & (machine_job.c.state == "recalled")
    return (
        connection.execute(select(machine_job.c.job_id).where(here, machine_job.c.retry_at <= func.now()))
        .scalars()
        .all()
    )


def give_overdue(connection: Connection, machine_id: str, job_id: str) -> None:
    """It is made after all, unless its order was decided about meanwhile."""
    hold_order_of(connection, job_id)
    row = row_of(connection, job_id)
    if row is not None and job_id in overdue(connection, machine_id):
        _again(connection, row)


def note_recalled(connection: Connection, machine_id: str, job_id: str, *, was_there: bool) -> None:
    """The machine has it no more and had not begun it; or it does not know it. One that it had been given and does not
    know may have been made there, so a person decides."""
    hold_order_of(connection, job_id)
    row = row_of(connection, job_id)
    if row is None or (row.machine_id, row.state) != (machine_id, "to_recall"):
        return
    if not was_there and row.sent_at is not None:
        lose(connection, job_id)
    elif row.retry_at is None or row.retry_at <= connection.execute(select(func.now())).scalar_one():
        _again(connection, row)
    else:
        change(connection, job_id, state="recalled", offered_at=None, reason=None)


def note_kept(connection: Connection, machine_id: str, job_id: str, *, has_begun: bool) -> None:
    """The machine keeps it."""
    hold_order_of(connection, job_id)
    row = row_of(connection, job_id)
    if row is None or (row.machine_id, row.state) != (machine_id, "to_recall"):
        return
    is_there = has_begun or row.sent_at is not None
    values = {"state": "sent", "sent_at": func.coalesce(machine_job.c.sent_at, func.now())}
    change(connection, job_id, retry_at=None, reason=None, **(values if is_there else {"state": "to_send"}))


def _again(connection: Connection, row: Row) -> None:
    """To the machine that a person chose; what a rule had given waits in its queue. People keep what they began."""
    if load_counts(connection, row.job_id).state is not JobState.WAITING:
        change(connection, row.job_id, state="people", reason=None, offered_at=None, retry_at=None)
    elif row.by_rule:
        connection.execute(delete(machine_job).where(machine_job.c.job_id == row.job_id))
    else:
        begin_anew(connection, row.job_id, row.machine_id, by_rule=False)


def _of_order(order_number: str):
    jobs = select(job_order.c.id).where(job_order.c.order_number == order_number)
    return machine_job.c.job_id.in_(jobs)
