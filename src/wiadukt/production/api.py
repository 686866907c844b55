"""Production's HTTP interface for programs: work requests in, job orders out. Refusals travel as Problems."""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response, Security
from fastapi.security import HTTPBearer

from wiadukt.contract.base import Sign
from wiadukt.contract.checkup import CheckReport, FloorCheck
from wiadukt.contract.job_order import WorkRequest, WorkRequestReceipt
from wiadukt.contract.order import CancellationReceipt, CancellationRequest, Reinstatement
from wiadukt.contract.problem import documented
from wiadukt.contract.states import JobState
from wiadukt.production import cancelling, job_orders
from wiadukt.production.job_orders import JobOrderStatus
from wiadukt.production.refusals import Refusal
from wiadukt.runtime.tokens import caller_of
from wiadukt.runtime.words import language_of, speaking

log = structlog.get_logger()
_bearer = HTTPBearer(auto_error=False, description="The caller's token.")


def _caller(request: Request, _scheme: Annotated[object, Security(_bearer)]) -> str:
    caller = caller_of(request.headers.get("authorization"), request.app.state.tokens)
    if caller is None:
        raise Refusal("unauthorised")
    return caller


router = APIRouter(
    prefix="/v1",
    dependencies=[Depends(_caller)],
    responses={
        401: documented("The token is missing or unknown."),
        422: documented("The request does not fit the contract; a repeat will not change that."),
        503: documented("Production's database does not answer: try again later."),
    },
)


@router.put(
    "/work-requests/{order_number}",
    operation_id="put_work_request",
    status_code=201,
    responses={
        200: {"model": WorkRequestReceipt, "description": "The same request was here already."},
        409: documented("The request differs from the known one, and work has begun; or a job order's id is taken."),
    },
)
def put_work_request(
    request: Request,
    response: Response,
    order_number: Annotated[Sign, Path(min_length=1, max_length=60)],
    work_request: WorkRequest,
) -> WorkRequestReceipt:
    """Take all job orders of one shop order. Idempotent: a repeat answers 200 with the same ids."""
    if work_request.order_number != order_number:
        raise Refusal("order_number_mismatch", field="order_number", path=order_number, body=work_request.order_number)
    with request.app.state.engine.begin() as connection:
        receipt = job_orders.accept(connection, work_request, request.app.state.floor.centre_of)
    log.info("work_request_taken", order=order_number, jobs=len(receipt.job_order_ids), created=receipt.created)
    response.status_code = 201 if receipt.created else 200
    return receipt


@router.put("/work-requests/{order_number}/cancellation", operation_id="put_cancellation")
async def put_cancellation(
    request: Request, order_number: Annotated[Sign, Path(min_length=1, max_length=60)], wish: CancellationRequest
) -> CancellationReceipt:
    """Cancel all job orders of one shop order while nobody has begun with any. Repeatable. A machine that has one is
    asked to give it back, so the answer may take some seconds."""
    if wish.number != order_number:
        raise Refusal("order_number_mismatch", field="number", path=order_number, body=wish.number)
    return await cancelling.cancel(request.app.state.engine, wish)


@router.put("/work-requests/{order_number}/reinstatement", operation_id="put_reinstatement", status_code=204)
def put_reinstatement(
    request: Request, order_number: Annotated[Sign, Path(min_length=1, max_length=60)], wish: Reinstatement
) -> None:
    """Make an order after all that was cancelled in favour of another one. Repeatable."""
    if wish.number != order_number:
        raise Refusal("order_number_mismatch", field="number", path=order_number, body=wish.number)
    with request.app.state.engine.begin() as connection:
        cancelling.reinstate(connection, wish)


@router.get("/job-orders", operation_id="list_job_orders")
def list_job_orders(
    request: Request,
    state: Annotated[list[JobState] | None, Query(description="Only these states; all when absent.")] = None,
    after: Annotated[Sign, Query(description="The last id of the page before.")] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> list[JobOrderStatus]:
    """Job orders by ascending id."""
    with request.app.state.engine.connect() as connection:
        return job_orders.load_jobs(connection, states=state or (), after=after, limit=limit)


@router.get("/job-orders/{job_id}", operation_id="get_job_order", responses={404: documented("There is no such job.")})
def get_job_order(request: Request, job_id: Sign) -> JobOrderStatus:
    """One job order and where it stands."""
    with request.app.state.engine.connect() as connection:
        return job_orders.load_job(connection, job_id)


@router.get("/checks/{name}", operation_id="get_check")
def get_check(request: Request, name: FloorCheck, accept_language: Annotated[str, Header()] = "") -> CheckReport:
    """Look at one thing now and say what is seen, in Polish or English. A fault is an answer, not an error."""
    with speaking(language_of(accept_language)):
        return request.app.state.doctor.examine(name)
