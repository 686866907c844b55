"""Cancelling a whole order while nobody has begun with it, and making it after all.

What a machine has and has not begun it is asked to give back (`recalling.py`); its answer is waited for a moment.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, exists, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from wiadukt.contract.order import CancellationReceipt, CancellationRequest, Reinstatement
from wiadukt.contract.states import CancellationObstacle, JobState
from wiadukt.production import recalling
from wiadukt.production.assignments import LOST, WITH_PEOPLE
from wiadukt.production.store import job_order, job_step, machine_job, reinstated, work_request

T = TypeVar("T")
UNBEGUN = (JobState.WAITING, JobState.HELD, JobState.CANCELLED)
ASKABLE = (*WITH_PEOPLE, *recalling.AT_MACHINE, "to_withdraw")
PATIENCE_S = 6.0
"""How long a machine may take for its answer: two rounds of its tender and a slow line."""
LOOK_EVERY_S = 0.1


async def cancel(engine: Engine, wish: CancellationRequest) -> CancellationReceipt:
    """Cancels every job order of this order; or none when work on one has begun, or when a machine that has one does
    not give it back in time. Repeatable; an order that was never here has nothing to be made and is cancelled as well.
    """

    async def with_base(work: Callable[[Connection, CancellationRequest], T]) -> T:
        def transaction() -> T:
            with engine.begin() as connection:
                return work(connection, wish)

        return await asyncio.to_thread(transaction)

    receipt = await with_base(_ask)
    deadline = time.monotonic() + PATIENCE_S
    if receipt is not None:
        return receipt
    while await with_base(_is_awaited) and time.monotonic() < deadline:
        await asyncio.sleep(LOOK_EVERY_S)
    return await with_base(_decide)


def _ask(connection: Connection, wish: CancellationRequest) -> CancellationReceipt | None:
    """The answer, when it is clear at once; else machines have been asked for their jobs."""
    _hold(connection, wish.number)
    key = wish.in_favour_of or wish.number
    taken_back = (reinstated.c.order_number == wish.number) & (reinstated.c.instead_of == key)
    if connection.execute(select(reinstated).where(taken_back)).first():
        return CancellationReceipt(number=wish.number, cancelled=False, reason=CancellationObstacle.OFFICE)
    if _is_any(connection, wish, _begun(), _at_machine(ASKABLE)):
        return CancellationReceipt(number=wish.number, cancelled=False, reason=CancellationObstacle.IN_PRODUCTION)
    if recalling.ask_back(connection, wish.number):
        return None
    return _decide(connection, wish)


def _is_awaited(connection: Connection, wish: CancellationRequest) -> bool:
    return recalling.is_awaited(connection, wish.number)


def _decide(connection: Connection, wish: CancellationRequest) -> CancellationReceipt:
    """After the machines have answered, or not."""
    _hold(connection, wish.number)
    obstacles = {
        CancellationObstacle.IN_PRODUCTION: _begun(),
        CancellationObstacle.AT_MACHINE: _at_machine(WITH_PEOPLE),
    }
    for reason, stands in obstacles.items():
        if _is_any(connection, wish, stands):
            recalling.give_again(connection, wish.number)
            return CancellationReceipt(number=wish.number, cancelled=False, reason=reason)
    of_order = job_order.c.order_number == wish.number
    connection.execute(update(job_order).where(of_order).values(state=JobState.CANCELLED))
    recalling.keep_back(connection, wish.number)
    return CancellationReceipt(number=wish.number, cancelled=True)


def _begun() -> ColumnElement[bool]:
    """Somebody worked on the job, or may have: what a machine lost may be made."""
    stepped = exists().where(job_step.c.job_id == job_order.c.id)
    lost = exists().where(
        machine_job.c.job_id == job_order.c.id,
        machine_job.c.state == "refused",
        machine_job.c.reason["code"].astext == LOST,
    )
    return or_(
        job_order.c.state.not_in(UNBEGUN),
        job_order.c.good + job_order.c.scrap > 0,
        (job_order.c.state != JobState.CANCELLED) & (stepped | lost),
    )


def _at_machine(besides: tuple[str, ...]) -> ColumnElement[bool]:
    """A machine has to do with it otherwise than in these ways."""
    at = exists().where(machine_job.c.job_id == job_order.c.id, machine_job.c.state.not_in(besides))
    return (job_order.c.state != JobState.CANCELLED) & at


def _is_any(connection: Connection, wish: CancellationRequest, *stands: ColumnElement[bool]) -> bool:
    of_order = job_order.c.order_number == wish.number
    return connection.execute(select(job_order.c.id).where(of_order, or_(*stands)).limit(1)).first() is not None


def reinstate(connection: Connection, wish: Reinstatement) -> None:
    """Puts the order's job orders back into their queues, once; their places in the plan are as they were."""
    _hold(connection, wish.number)
    row = {"order_number": wish.number, "instead_of": wish.instead_of}
    new = insert(reinstated).values(row).on_conflict_do_nothing().returning(reinstated.c.order_number)
    if connection.execute(new).first() is None:
        return
    cancelled = (job_order.c.order_number == wish.number) & (job_order.c.state == JobState.CANCELLED)
    connection.execute(update(job_order).where(cancelled).values(state=JobState.WAITING))
    recalling.give_again(connection, wish.number)


def _hold(connection: Connection, order_number: str) -> None:
    """What is done with one order is done in turn, until the transaction ends."""
    row = select(work_request.c.order_number).where(work_request.c.order_number == order_number)
    connection.execute(row.with_for_update())
