"""What a planner does: the queue of each work centre by days, moving, holding, splitting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Connection, case, func, insert, literal, select, update

from wiadukt.contract.states import JobState
from wiadukt.production.assignments import OVER, refuse_at_machine
from wiadukt.production.job_orders import JobOrderStatus, as_status, by_urgency, select_jobs
from wiadukt.production.progress import hold_order_of, load_counts
from wiadukt.production.refusals import Refusal
from wiadukt.production.store import job_order, work_request

OPEN = (JobState.RUNNING, JobState.HELD, JobState.WAITING)
CARDS = 12
DAYS = 6


@dataclass
class Cell:
    """The jobs of one work centre for one day: the first cards, how many there are, and the pieces still to be made."""

    jobs: list[JobOrderStatus] = field(default_factory=list)
    total: int = 0
    pieces: Decimal = Decimal(0)


@dataclass(frozen=True)
class Plan:
    """Cells by work centre and day. The first day stands for everything before, None for later or no day."""

    days: Sequence[date | None]
    cells: dict[tuple[str, date | None], Cell]
    late: dict[str, tuple[int, int]]
    """Of each work centre: jobs past the day they are due, and open jobs in all."""

    @property
    def most(self) -> Decimal:
        """Pieces of the fullest cell, at least 1: the length of a whole bar."""
        return max((cell.pieces for cell in self.cells.values()), default=Decimal(0)) or Decimal(1)


def load_plan(connection: Connection, today: date) -> Plan:
    """Everything open: what runs today, each other job on the planner's day, else on the day it is due."""
    last = today + timedelta(days=DAYS - 1)
    wanted = func.coalesce(job_order.c.planned_on, work_request.c.due_on)
    # What runs is work of today, whenever it is due.
    is_now = (wanted < today) | (job_order.c.state == JobState.RUNNING)
    day = case((is_now, literal(today)), (wanted > last, None), else_=wanted).label("day")
    is_open = job_order.c.state.in_(OPEN)
    group = (job_order.c.work_centre, day)
    place = func.row_number().over(partition_by=group, order_by=by_urgency()).label("place")
    ranked = select(job_order.c.id, day, place).join(work_request).where(is_open).subquery()
    cells: dict[tuple[str, date | None], Cell] = defaultdict(Cell)
    is_late = func.count().filter(work_request.c.due_on < today)
    left = func.sum(func.greatest(job_order.c.quantity - job_order.c.good, 0))
    sums = select(*group, func.count().label("total"), left.label("pieces"), is_late.label("late"))
    late: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in connection.execute(sums.join_from(job_order, work_request).where(is_open).group_by(*group)):
        cells[row.work_centre, row.day] = Cell(total=row.total, pieces=row.pieces)
        late[row.work_centre] = (late[row.work_centre][0] + row.late, late[row.work_centre][1] + row.total)
    shown = select_jobs().add_columns(ranked.c.day).join(ranked, ranked.c.id == job_order.c.id)
    for row in connection.execute(shown.where(ranked.c.place <= CARDS).order_by(*by_urgency())):
        cells[row.work_centre, row.day].jobs.append(as_status(row))
    days = [today + timedelta(days=ahead) for ahead in range(DAYS)]
    return Plan([*days, None], cells, late)


def move(connection: Connection, job_id: str, *, work_centre: str, day: date | None) -> None:
    """Puts the job into another queue or on another day (None: when it is due); what a machine has keeps its queue."""
    hold_order_of(connection, job_id)
    counts = load_counts(connection, job_id)
    if counts.state in OVER:
        raise Refusal("job_is_over", object_id=job_id, job=job_id, state=counts.state.value)
    known = connection.execute(select(job_order.c.work_centre).where(job_order.c.id == job_id)).scalar_one()
    if known != work_centre:
        refuse_at_machine(connection, job_id)
    values = {"work_centre": work_centre, "planned_on": day}
    connection.execute(update(job_order).where(job_order.c.id == job_id).values(**values))


def split(connection: Connection, job_id: str, quantity: Decimal) -> str:
    """Takes so many pieces into a job of their own, of the same order; the new job's id. Only what nobody works on."""
    order_number = hold_order_of(connection, job_id)
    counts = load_counts(connection, job_id)
    refuse_at_machine(connection, job_id)
    if counts.state not in (JobState.WAITING, JobState.HELD):
        raise Refusal("step_forbidden", object_id=job_id, job=job_id, state=counts.state.value)
    left = counts.planned - counts.good
    if not (quantity.is_finite() and 0 < quantity < left):
        raise Refusal("split_quantity", field="quantity", object_id=job_id, left=f"{left.normalize():f}")
    of_order = job_order.c.order_number == order_number
    place = connection.execute(select(func.max(job_order.c.position)).where(of_order)).scalar_one() + 1
    new_id = f"{job_id}.{place}"
    same = ("order_number", "product_id", "description", "unit", "parameters", "work_centre", "planned_on")
    columns = [job_order.c[name] for name in same]
    new = select(literal(new_id), literal(place), literal(quantity), literal(counts.state.value), *columns)
    names = ["id", "position", "quantity", "state", *same]
    connection.execute(insert(job_order).from_select(names, new.where(job_order.c.id == job_id)))
    rest = {"quantity": counts.planned - quantity}
    connection.execute(update(job_order).where(job_order.c.id == job_id).values(**rest))
    return new_id
