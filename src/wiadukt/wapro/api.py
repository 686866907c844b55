"""The connector's routes: objects in batches, ids in pages, orders and progress by idempotent PUT."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Depends, FastAPI, Header, Path, Query, Request, Response
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy import Engine, text
from starlette.exceptions import HTTPException

from wiadukt import __version__
from wiadukt.contract.address_change import (
    AddressChange,
    AddressReceipt,
    CardPart,
    DeliveryPlaceChange,
    DeliveryPlaceReceipt,
)
from wiadukt.contract.base import Kind, Sign
from wiadukt.contract.checkup import CheckReport, ErpCheck
from wiadukt.contract.customer import Customer
from wiadukt.contract.errors import Busy, Misconfigured, Refused, Unreachable
from wiadukt.contract.facts import BUCKETS, BucketContent, BucketDigests
from wiadukt.contract.faults import Fault, fault, faults_of
from wiadukt.contract.fetch import MAX_FETCH, Fetched, FetchRequest, IdPage, QueueEntries
from wiadukt.contract.invoice import Invoice
from wiadukt.contract.job_order import ProgressReport
from wiadukt.contract.order import CancellationReceipt, CancellationRequest, Order, OrderReceipt, PlacedOrder
from wiadukt.contract.order_status import MeaningKept, StatusMeaning
from wiadukt.contract.problem import PROBLEM_MEDIA_TYPE, Problem, documented
from wiadukt.contract.product import Product
from wiadukt.contract.status import ConnectorStatus
from wiadukt.runtime import clock
from wiadukt.runtime.tokens import caller_of, parse_tokens
from wiadukt.runtime.words import language_of, speaking
from wiadukt.wapro import gaps, queue
from wiadukt.wapro.capture.port import Capture
from wiadukt.wapro.doctor.checks import Doctor, Subject
from wiadukt.wapro.engine import reading, writing
from wiadukt.wapro.faults import base_faults
from wiadukt.wapro.limits import limits
from wiadukt.wapro.queue_api import add_queue
from wiadukt.wapro.read.digests import READERS, read_bucket_digests, read_digests
from wiadukt.wapro.read.forms import read_delivery_forms, read_payment_forms
from wiadukt.wapro.read.ids import read_ids
from wiadukt.wapro.read.meanings import read_statuses
from wiadukt.wapro.read.steady import steadily
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.write.addresses import write_address, write_place
from wiadukt.wapro.write.cancelling import cancel_order
from wiadukt.wapro.write.meanings import write_meaning
from wiadukt.wapro.write.orders import write_order
from wiadukt.wapro.write.statuses import write_progress

log = structlog.get_logger()
LANGUAGE = "pl"
"""Refusals are read by the people of a Polish company, wherever they surface."""
PROBLEMS: dict[int | str, dict[str, Any]] = {
    401: documented("No token, or not a known one."),
    422: documented("Refused, with the field, the cause and the remedy."),
    503: documented("WAPRO's base does not answer: try again later."),
}


BUSY: dict[int | str, dict[str, Any]] = {423: documented("Somebody edits this card in WAPRO: come again in a while.")}
ORDER_THERE: dict[int | str, dict[str, Any]] = {200: {"model": OrderReceipt}}
PLACE_THERE: dict[int | str, dict[str, Any]] = {200: {"model": DeliveryPlaceReceipt}}


class Unauthorised(Exception):
    """The caller gave no token, or none of ours."""


def add_routes(app: FastAPI, engine: Engine, settings: Settings, capture: Capture) -> None:
    """Puts every route and every translation of an error onto the application."""
    tokens = parse_tokens(settings.connector_tokens)

    def caller(authorization: Annotated[str | None, Header()] = None) -> str:
        name = caller_of(authorization, tokens)
        if name is None:
            raise Unauthorised
        return name

    router = APIRouter(prefix="/v1", dependencies=[Depends(caller)], responses=PROBLEMS)
    _add_fetches(router, engine, settings)
    _add_puts(router, engine, settings)
    _add_meanings(router, engine, settings)
    add_queue(router, engine)

    @router.get("/status", tags=["health"])
    def status() -> ConnectorStatus:
        """What we are, whether capture is on, what our base lacks, and what waits in its queue."""
        with reading(engine) as conn:
            gap_ended_at, most, standing = gaps.last_ended_at(conn), limits(conn), queue.standing(conn)
            payments, deliveries = read_payment_forms(conn, settings), read_delivery_forms(conn, settings)
            statuses = read_statuses(conn, settings)
        return ConnectorStatus(
            at=clock.now(),
            faults=base_faults(engine),
            queue=standing,
            version=__version__,
            capture=capture.word,
            capture_missing=capture.missing or "",
            gap_ended_at=gap_ended_at,
            writes=settings.writes,
            limits=most,
            payment_forms=payments,
            delivery_forms=deliveries,
            order_statuses=statuses,
        )

    _add_checks(router, Doctor(Subject(engine, settings)))
    app.include_router(router)
    _add_errors(app)

    @app.get("/healthz", tags=["health"])
    def healthz() -> dict[str, str]:
        """The process answers and so does WAPRO's base; whether capture is on: `on`, `missing` or `unknown`."""
        with reading(engine) as conn:
            conn.execute(text("SELECT 1"))
        return {"status": "ok", "capture": capture.word}


def _add_checks(router: APIRouter, doctor: Doctor) -> None:
    @router.get("/checks/{name}", tags=["health"])
    def check(name: ErpCheck, accept_language: Annotated[str, Header()] = "") -> CheckReport:
        """Looks at one thing now and says what it sees, in Polish or English. A fault is an answer, not an error."""
        with speaking(language_of(accept_language)):
            return doctor.examine(name)


def _add_fetches(router: APIRouter, engine: Engine, settings: Settings) -> None:
    def fetched(kind: Kind, request: FetchRequest) -> Any:
        with reading(engine) as conn:
            return steadily(conn, kind, request.ids, lambda: READERS[kind](conn, request.ids, settings))

    @router.post("/customers/fetch", tags=["customers"])
    def fetch_customers(request: FetchRequest) -> Fetched[Customer]:
        """These customers as they are now, one snapshot."""
        return fetched(Kind.CUSTOMER, request)  # type: ignore[no-any-return]

    @router.post("/products/fetch", tags=["products"])
    def fetch_products(request: FetchRequest) -> Fetched[Product]:
        """These products as they are now, one snapshot; ids are catalogue indexes."""
        return fetched(Kind.PRODUCT, request)  # type: ignore[no-any-return]

    @router.post("/orders/fetch", tags=["orders"])
    def fetch_orders(request: FetchRequest) -> Fetched[Order]:
        """These orders as they are now, one snapshot."""
        return fetched(Kind.ORDER, request)  # type: ignore[no-any-return]

    @router.post("/invoices/fetch", tags=["invoices"])
    def fetch_invoices(request: FetchRequest) -> Fetched[Invoice]:
        """These invoices as they are now, one snapshot."""
        return fetched(Kind.INVOICE, request)  # type: ignore[no-any-return]

    for kind in Kind:
        _add_ids(router, kind, engine, settings)
        _add_comparing(router, kind, engine, settings)


def _add_ids(router: APIRouter, kind: Kind, engine: Engine, settings: Settings) -> None:
    def ids(after: Sign = "", limit: Annotated[int, Query(ge=1, le=MAX_FETCH)] = MAX_FETCH) -> IdPage:
        """A page of the ids the shop should have, in ascending order."""
        with reading(engine) as conn:
            return read_ids(conn, kind, settings, after=after, limit=limit)

    router.add_api_route(f"/{kind}s/ids", ids, methods=["GET"], tags=[f"{kind}s"], name=f"{kind}_ids")


Bucket = Annotated[int, Query(ge=0, lt=BUCKETS)]


def _add_comparing(router: APIRouter, kind: Kind, engine: Engine, settings: Settings) -> None:
    def bucket_digests(first: Bucket = 0, last: Bucket = BUCKETS - 1) -> BucketDigests:
        """What the shop should have, in three numbers a bucket; see `wiadukt.contract.facts`."""
        with reading(engine) as conn:
            return BucketDigests(buckets=read_bucket_digests(conn, kind, settings, first, last))

    def bucket_content(
        bucket: Annotated[int, Path(ge=0, lt=BUCKETS)], last: Annotated[int | None, Query(ge=0, lt=BUCKETS)] = None
    ) -> BucketContent:
        """The objects of one bucket, or of those from it to `last`, with the digest of each."""
        with reading(engine) as conn:
            return BucketContent(digests=read_digests(conn, kind, settings, bucket, bucket if last is None else last))

    def queued(request: FetchRequest) -> QueueEntries:
        """The youngest row of each of these objects in the change queue."""
        with reading(engine) as conn:
            return QueueEntries(entries=queue.entries(conn, kind, request.ids))

    tags: list[str | Enum] = [f"{kind}s"]
    router.add_api_route(f"/{kind}s/digests", bucket_digests, methods=["GET"], tags=tags, name=f"{kind}_digests")
    router.add_api_route(
        f"/{kind}s/digests/{{bucket}}", bucket_content, methods=["GET"], tags=tags, name=f"{kind}_bucket"
    )
    router.add_api_route(f"/{kind}s/queued", queued, methods=["POST"], tags=tags, name=f"{kind}_queued")


def _add_puts(router: APIRouter, engine: Engine, settings: Settings) -> None:
    @router.put("/orders/{number}", tags=["orders"], status_code=201, responses=BUSY | ORDER_THERE)
    def put_order(number: str, placed: PlacedOrder, response: Response) -> OrderReceipt:
        """Makes the order once: 201 when made now, 200 when it was there already. One whose place it takes is cancelled
        with it, or neither happens."""
        _same(number, placed.number)
        with writing(engine) as conn:
            receipt = write_order(conn, placed, settings)
        log.info("order_in_wapro", order=number, erp_id=receipt.id, created=receipt.created)
        response.status_code = 201 if receipt.created else 200
        return receipt

    @router.put("/orders/{number}/cancellation", tags=["orders"], responses=BUSY)
    def put_cancellation(number: str, wish: CancellationRequest) -> CancellationReceipt:
        """Cancels the order while that is possible; else says what stands in the way. Repeatable."""
        _same(number, wish.number)
        with writing(engine) as conn:
            return cancel_order(conn, number, settings)

    @router.put("/customers/{customer_id}/card/{part}", tags=["customers"], responses=BUSY)
    def put_address(customer_id: str, part: CardPart, change: AddressChange) -> AddressReceipt:
        """Changes the address, the correspondence address or the phone on a contractor's card; an older revision
        changes nothing, a repeat gives the same answer."""
        _same(f"{customer_id} {part}", f"{change.customer_id} {change.part}")
        with writing(engine) as conn:
            return write_address(conn, change, settings)

    @router.put("/delivery-places/{key}", tags=["customers"], status_code=201, responses=BUSY | PLACE_THERE)
    def put_place(key: str, change: DeliveryPlaceChange, response: Response) -> DeliveryPlaceReceipt:
        """Makes or changes a delivery place under the shop's key: 201 when made now, 200 when it was there."""
        _same(key, change.key)
        with writing(engine) as conn:
            receipt = write_place(conn, change, settings)
        response.status_code = 201 if receipt.created else 200
        return receipt

    @router.put("/orders/{number}/progress", tags=["orders"], status_code=204)
    def put_progress(number: str, report: ProgressReport) -> None:
        """Notes what production did; an older revision changes nothing."""
        _same(number, report.order_number)
        with writing(engine) as conn:
            write_progress(conn, report, settings)


def _add_meanings(router: APIRouter, engine: Engine, settings: Settings) -> None:
    @router.put("/order-statuses", tags=["orders"])
    def put_meaning(said: StatusMeaning) -> MeaningKept:
        """Keeps what a letter of WAPRO's order statuses means to the shop, and announces the orders that have it."""
        with writing(engine) as conn:
            count = write_meaning(conn, said, settings)
        log.info("status_meaning_kept", letter=said.letter, state=said.state, orders=count)
        return MeaningKept(orders=count)


def _same(in_path: str, in_body: str) -> None:
    if in_path != in_body:
        raise Refused(
            "number_differs",
            f"Adres mówi {in_path}, a treść {in_body}.",
            remedy="Wyślij ten sam numer w adresie i w treści.",
            field="number",
            object_id=in_body,
        )


def _add_errors(app: FastAPI) -> None:
    def answer(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
        return JSONResponse(
            problem.model_dump(), status_code=problem.status, media_type=PROBLEM_MEDIA_TYPE, headers=headers
        )

    @app.exception_handler(Unauthorised)
    def unauthorised(request: Request, error: Unauthorised) -> JSONResponse:
        problem = Problem(
            title="No valid token.", detail="Send Authorization: Bearer.", status=401, code="unauthorised"
        )
        return answer(problem, {"WWW-Authenticate": "Bearer"})

    @app.exception_handler(Refused)
    def refused(request: Request, error: Refused) -> JSONResponse:
        return answer(Problem.of(error))

    @app.exception_handler(Busy)
    def busy(request: Request, error: Busy) -> JSONResponse:
        problem = Problem(
            title=error.cause, status=423, code="busy", detail="Zamknij kartę; zmiana czeka i wejdzie sama."
        )
        return answer(problem, {"Retry-After": str(int(error.retry_after_s or 0))})

    @app.exception_handler(Unreachable)
    def unreachable(request: Request, error: Unreachable) -> JSONResponse:
        headers = {"Retry-After": f"{error.retry_after_s:.0f}"} if error.retry_after_s else None
        return answer(Problem(title=error.cause, status=503, code="unreachable", detail="Try again later."), headers)

    @app.exception_handler(Misconfigured)
    def misconfigured(request: Request, error: Misconfigured) -> JSONResponse:
        problem = Problem(title=error.cause, detail=error.remedy, status=503, code="misconfigured", field=error.setting)
        return answer(problem)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return answer(_invalid(faults_of(error.errors(), LANGUAGE)[0]))

    @app.exception_handler(HTTPException)
    async def unreadable(request: Request, error: HTTPException) -> Response:
        """A body that is no UTF-8 is refused as one that is no JSON; an unknown address stays the framework's 404,
        for it may as well be a proxy's and must not look like a refusal of ours."""
        if error.status_code != 400:
            return await http_exception_handler(request, error)
        return answer(_invalid(fault("json_invalid", LANGUAGE)))


def _invalid(found: Fault) -> Problem:
    where = f"Pole {found.field}" if found.field else "Treść"
    remedy = f"{found.remedy[:1].upper()}{found.remedy[1:]} i wyślij ponownie."
    return Problem(title=f"{where}: {found.cause}.", status=422, code="invalid", field=found.field, detail=remedy)
