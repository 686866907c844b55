"""Cancelling a whole order while nobody has begun with it, and making it after all."""

from __future__ import annotations

from sqlalchemy import Connection, exists, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from wiadukt.contract.order import CancellationReceipt, CancellationRequest, Reinstatement
from wiadukt.contract.states import CancellationObstacle, JobState
from wiadukt.production.assignments import WITH_PEOPLE
from wiadukt.production.store import job_order, job_step, machine_job, reinstated, work_request

UNBEGUN = (JobState.WAITING, JobState.HELD, JobState.CANCELLED)


def cancel(connection: Connection, wish: CancellationRequest) -> CancellationReceipt:
    """Cancels every job order of this order, or none when work on one has begun or a machine has it. Repeatable; an
    order that was never here has nothing to be made and is cancelled as well."""
    of_order = job_order.c.order_number == wish.number
    _hold(connection, wish.number)
    key = wish.in_favour_of or wish.number
    taken_back = (reinstated.c.order_number == wish.number) & (reinstated.c.instead_of == key)
    if connection.execute(select(reinstated).where(taken_back)).first():
        return CancellationReceipt(number=wish.number, cancelled=False, reason=CancellationObstacle.OFFICE)
    stepped = exists().where(job_step.c.job_id == job_order.c.id)
    away = exists().where(machine_job.c.job_id == job_order.c.id, machine_job.c.state.not_in(WITH_PEOPLE))
    begun = or_(
        job_order.c.state.not_in(UNBEGUN),
        job_order.c.good + job_order.c.scrap > 0,
        (job_order.c.state != JobState.CANCELLED) & (stepped | away),
    )
    if connection.execute(select(job_order.c.id).where(of_order, begun).limit(1)).first():
        return CancellationReceipt(number=wish.number, cancelled=False, reason=CancellationObstacle.IN_PRODUCTION)
    connection.execute(update(job_order).where(of_order).values(state=JobState.CANCELLED))
    return CancellationReceipt(number=wish.number, cancelled=True)


def reinstate(connection: Connection, wish: Reinstatement) -> None:
    """Puts the order's job orders back into their queues, once; their places in the plan are as they were."""
    _hold(connection, wish.number)
    row = {"order_number": wish.number, "instead_of": wish.instead_of}
    new = insert(reinstated).values(row).on_conflict_do_nothing().returning(reinstated.c.order_number)
    if connection.execute(new).first() is None:
        return
    cancelled = (job_order.c.order_number == wish.number) & (job_order.c.state == JobState.CANCELLED)
    connection.execute(update(job_order).where(cancelled).values(state=JobState.WAITING))


def _hold(connection: Connection, order_number: str) -> None:
    """What is done with one order is done in turn, until the transaction ends."""
    row = select(work_request.c.order_number).where(work_request.c.order_number == order_number)
    connection.execute(row.with_for_update())
