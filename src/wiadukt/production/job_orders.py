"""Takes work requests from the shop, each order once, and answers what stands with a job order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, Row, Select, delete, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from wiadukt.contract.base import ContractModel, OrderNumber, ProductId, Quantity
from wiadukt.contract.job_order import Document, JobOrder, WorkRequest, WorkRequestReceipt
from wiadukt.contract.order import Parameter
from wiadukt.contract.states import JobState
from wiadukt.production.refusals import Refusal
from wiadukt.production.store import job_order, job_step, machine_job, machine_remains, work_request
from wiadukt.runtime import trace


class JobOrderStatus(ContractModel):
    """One job order and where it stands. `good` and `scrap` are counted in `unit`."""

    id: str
    order_number: OrderNumber
    customer_name: str
    customer_order_number: str
    due_on: date | None
    product_id: ProductId
    description: str
    quantity: Quantity
    unit: str
    parameters: tuple[Parameter, ...]
    state: JobState
    good: Quantity
    scrap: Quantity
    started_at: datetime | None
    completed_at: datetime | None
    work_centre: str = ""
    planned_on: date | None = None


def accept(
    connection: Connection, request: WorkRequest, centre_of: Callable[[JobOrder], str] = lambda job: ""
) -> WorkRequestReceipt:
    """Stores the job orders of one order, once, each in the queue of its work centre.

    A repeat changes nothing and is answered with `created` false. Other content under a known order number
    replaces the old one while nothing has been done; afterwards it is refused (`request_differs`).
    """
    ids = tuple(job.id for job in request.job_orders)
    _refuse_repeated(ids)
    content = request.model_dump(mode="json")
    head = {
        "customer_name": request.customer_name,
        "customer_order_number": request.customer_order_number,
        "due_on": request.due_on,
        "content": content,
        "traceparent": trace.traceparent(),
    }
    new = upsert(work_request).values(order_number=request.order_number, **head).on_conflict_do_nothing()
    # A second caller waits here for the first one's commit, then finds the row.
    created = connection.execute(new.returning(work_request.c.order_number)).first() is not None
    if not created:
        known = connection.execute(
            select(work_request).where(work_request.c.order_number == request.order_number).with_for_update()
        ).one()
        if WorkRequest.model_validate(known.content) == request:
            return WorkRequestReceipt(order_number=request.order_number, job_order_ids=ids, created=False)
        _refuse_begun(connection, request.order_number)
        _leave_remains(connection, request.order_number)
        connection.execute(delete(job_order).where(job_order.c.order_number == request.order_number))
        connection.execute(
            update(work_request).where(work_request.c.order_number == request.order_number).values(**head)
        )
    _insert_jobs(connection, request, centre_of)
    return WorkRequestReceipt(order_number=request.order_number, job_order_ids=ids, created=created)


def _refuse_repeated(ids: Sequence[str]) -> None:
    for job_id in ids:
        if ids.count(job_id) > 1:
            raise Refusal("job_id_repeated", field="job_orders", object_id=job_id, job=job_id)


def _refuse_begun(connection: Connection, order_number: str) -> None:
    steps = select(job_step.c.id).join(job_order).where(job_order.c.order_number == order_number)
    if connection.execute(select(exists(steps))).scalar_one():
        raise Refusal("request_differs", object_id=order_number, order=order_number)


def _leave_remains(connection: Connection, order_number: str) -> None:
    """A machine may hold what is replaced: it is taken out of it before the new one goes there."""
    held = (
        select(machine_job.c.machine_id, machine_job.c.job_id)
        .join(job_order)
        .where(job_order.c.order_number == order_number, machine_job.c.offered_at.is_not(None))
    )
    columns = ["machine_id", "job_id"]
    connection.execute(upsert(machine_remains).from_select(columns, held).on_conflict_do_nothing())


def _insert_jobs(connection: Connection, request: WorkRequest, centre_of: Callable[[JobOrder], str]) -> None:
    rows = [
        {
            **job.model_dump(include={"id", "product_id", "description", "quantity", "unit"}),
            "order_number": request.order_number,
            "position": position,
            "work_centre": centre_of(job),
            "parameters": [parameter.model_dump(mode="json") for parameter in job.parameters],
        }
        for position, job in enumerate(request.job_orders, start=1)
    ]
    taken = connection.execute(
        select(job_order.c.id, job_order.c.order_number).where(job_order.c.id.in_([row["id"] for row in rows]))
    ).first()
    if taken:
        raise Refusal("job_id_taken", field="job_orders", object_id=taken.id, job=taken.id, order=taken.order_number)
    connection.execute(insert(job_order), rows)


def load_documents(connection: Connection, order_number: str) -> tuple[Document, ...]:
    """Drawings and the like that came with the order."""
    query = select(work_request.c.content).where(work_request.c.order_number == order_number)
    content = connection.execute(query).scalar()
    return WorkRequest.model_validate(content).documents if content else ()


def select_jobs() -> Select:
    """Job orders with the head of their order; the caller adds conditions and order."""
    return select(
        job_order,
        work_request.c.customer_name,
        work_request.c.customer_order_number,
        work_request.c.due_on,
    ).join(work_request)


def by_urgency() -> tuple:
    """The order in which work is taken up: by the planner's day or the day it is due, then as it came."""
    return (
        func.coalesce(job_order.c.planned_on, work_request.c.due_on).asc().nulls_last(),
        work_request.c.due_on.asc().nulls_last(),
        work_request.c.accepted_at,
        job_order.c.order_number,
        job_order.c.position,
    )


def as_status(row: Row) -> JobOrderStatus:
    """A row of `select_jobs` as it leaves us."""
    fields = {name: value for name, value in row._mapping.items() if name in JobOrderStatus.model_fields}
    return JobOrderStatus.model_validate(fields)


def load_job(connection: Connection, job_id: str) -> JobOrderStatus:
    """One job order; upper and lower case are the same to a scanner. Refused with `job_not_here`."""
    row = connection.execute(select_jobs().where(job_order.c.id.in_({job_id, job_id.upper()}))).first()
    if row is None:
        raise Refusal("job_not_here", object_id=job_id, job=job_id)
    return as_status(row)


def load_jobs(
    connection: Connection, *, states: Sequence[JobState] = (), after: str = "", limit: int = 200
) -> list[JobOrderStatus]:
    """Job orders by ascending id, from behind `after`; in all states when none is named."""
    query = select_jobs().where(job_order.c.id > after).order_by(job_order.c.id).limit(limit)
    if states:
        query = query.where(job_order.c.state.in_(states))
    return [as_status(row) for row in connection.execute(query)]
