"""What stands on the planner's board, on the terminal's list and on an order's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, Select, case, exists, func, select

from wiadukt.contract.states import JobState, ProductionState
from wiadukt.production.job_orders import JobOrderStatus, as_status, by_urgency, select_jobs
from wiadukt.production.progress import Counts, order_state
from wiadukt.production.refusals import Refusal
from wiadukt.production.store import job_order, job_step, report, work_request

COLUMN_LIMIT = 60
TO_DO = (JobState.RUNNING, JobState.HELD, JobState.WAITING)
COLUMNS = (JobState.WAITING, JobState.RUNNING, JobState.HELD)


@dataclass(frozen=True)
class Column:
    """One column of the board: its first cards, and how many there are in all."""

    state: JobState
    jobs: Sequence[JobOrderStatus]
    total: int


@dataclass(frozen=True)
class Delivery:
    """How the ERP hears of us: orders whose newest report waits after a failure, and those it refused."""

    delayed: Sequence[str]
    rejected: Sequence[str]


@dataclass(frozen=True)
class OrderPage:
    """An order with its job orders, steps and reports; the newest steps and reports come first."""

    head: Row
    state: ProductionState
    jobs: Sequence[JobOrderStatus]
    steps: Sequence[Row]
    reports: Sequence[Row]


def load_board(connection: Connection, *, day_start: datetime) -> list[Column]:
    """The four columns; the last one holds what was completed since `day_start`. One query a column, and one more."""
    today = (job_order.c.state == JobState.COMPLETED) & (job_order.c.completed_at >= day_start)
    counts = select(job_order.c.state, func.count().label("total")).group_by(job_order.c.state)
    found = connection.execute(counts.where(job_order.c.state.in_(TO_DO) | today))
    totals = {row.state: row.total for row in found}
    is_open = [(state, job_order.c.state == state, by_urgency()) for state in COLUMNS]
    columns = [*is_open, (JobState.COMPLETED, today, (job_order.c.completed_at.desc(),))]
    shown = []
    for state, condition, order in columns:
        rows = connection.execute(select_jobs().where(condition).order_by(*order).limit(COLUMN_LIMIT))
        shown.append(Column(state, [as_status(row) for row in rows], totals.get(state, 0)))
    return shown


def load_to_do(connection: Connection, *, order_number: str = "", work_centre: str = "") -> list[JobOrderStatus]:
    """What an operator may take up: first what runs, then what is held, then what waits, each by urgency."""
    rank = case({state: place for place, state in enumerate(TO_DO)}, value=job_order.c.state)
    query = select_jobs().where(job_order.c.state.in_(TO_DO)).order_by(rank, *by_urgency()).limit(COLUMN_LIMIT)
    if order_number:
        query = query.where(job_order.c.order_number == order_number)
    if work_centre:
        query = query.where(job_order.c.work_centre == work_centre)
    return [as_status(row) for row in connection.execute(query)]


def load_delivery(connection: Connection) -> Delivery:
    """Orders whose newest report has not got through, though it was tried."""
    rows = connection.execute(
        _newest_reports()
        .where(((report.c.state == "waiting") & (report.c.answer.is_not(None))) | (report.c.state == "rejected"))
        .order_by(report.c.order_number)
        .limit(COLUMN_LIMIT)
    ).all()
    return Delivery(
        delayed=[row.order_number for row in rows if row.state == "waiting"],
        rejected=[row.order_number for row in rows if row.state == "rejected"],
    )


def _newest_reports() -> Select:
    newer = report.alias("newer")
    return select(report).where(
        ~exists().where(newer.c.order_number == report.c.order_number, newer.c.revision > report.c.revision)
    )


def load_steps(connection: Connection, job_id: str, *, limit: int = 5) -> Sequence[Row]:
    """The newest steps of one job order."""
    query = select(job_step).where(job_step.c.job_id == job_id).order_by(job_step.c.id.desc()).limit(limit)
    return connection.execute(query).all()


def load_order(connection: Connection, order_number: str) -> OrderPage:
    """Everything about one order. Refused with `order_not_here`."""
    head = connection.execute(select(work_request).where(work_request.c.order_number == order_number)).first()
    if head is None:
        raise Refusal("order_not_here", object_id=order_number, order=order_number)
    of_order = job_order.c.order_number == order_number
    rows = connection.execute(select_jobs().where(of_order).order_by(job_order.c.position)).all()
    steps = select(job_step).join(job_order).where(of_order).order_by(job_step.c.id.desc()).limit(100)
    reports = select(report).where(report.c.order_number == order_number).order_by(report.c.revision.desc()).limit(100)
    jobs = [as_status(row) for row in rows]
    counts = [Counts(job.id, job.state, job.quantity, job.good, job.scrap) for job in jobs]
    return OrderPage(
        head, order_state(counts), jobs, connection.execute(steps).all(), connection.execute(reports).all()
    )
