"""Cancelling a whole order while nobody has begun with it."""

from __future__ import annotations

from sqlalchemy import Connection, exists, or_, select, update

from wiadukt.contract.base import OrderNumber
from wiadukt.contract.order import CancellationReceipt
from wiadukt.contract.states import CancellationObstacle, JobState
from wiadukt.production.assignments import WITH_PEOPLE
from wiadukt.production.store import job_order, job_step, machine_job, work_request

UNBEGUN = (JobState.WAITING, JobState.HELD, JobState.CANCELLED)


def cancel(connection: Connection, order_number: str) -> CancellationReceipt:
    """Cancels every job order of this order, or none when work on one has begun or a machine has it. Repeatable; an
    order that was never here has nothing to be made and is cancelled as well."""
    of_order = job_order.c.order_number == order_number
    connection.execute(
        select(work_request.c.order_number).where(work_request.c.order_number == order_number).with_for_update()
    )
    stepped = exists().where(job_step.c.job_id == job_order.c.id)
    away = exists().where(machine_job.c.job_id == job_order.c.id, machine_job.c.state.not_in(WITH_PEOPLE))
    begun = or_(
        job_order.c.state.not_in(UNBEGUN),
        job_order.c.good + job_order.c.scrap > 0,
        (job_order.c.state != JobState.CANCELLED) & (stepped | away),
    )
    number = OrderNumber(order_number)
    if connection.execute(select(job_order.c.id).where(of_order, begun).limit(1)).first():
        return CancellationReceipt(number=number, cancelled=False, reason=CancellationObstacle.IN_PRODUCTION)
    connection.execute(update(job_order).where(of_order).values(state=JobState.CANCELLED))
    return CancellationReceipt(number=number, cancelled=True)
