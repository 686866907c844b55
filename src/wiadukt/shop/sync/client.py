"""How the shop talks to the connector and to production: typed calls, named errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import httpx
from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from wiadukt.contract.address_change import AddressChange, AddressReceipt, DeliveryPlaceChange, DeliveryPlaceReceipt
from wiadukt.contract.base import ContractModel, Kind
from wiadukt.contract.checkup import CheckReport, ErpCheck, FloorCheck
from wiadukt.contract.customer import Customer
from wiadukt.contract.erp_queue import QueueCauses, QueueFilter, QueuePage, QueueRetried, QueueRetry, QueueRows
from wiadukt.contract.errors import Busy, Misconfigured, Unreachable
from wiadukt.contract.facts import BucketContent, BucketDigest, BucketDigests
from wiadukt.contract.fetch import Fetched, FetchRequest, IdPage, QueueEntries, QueueEntry
from wiadukt.contract.invoice import Invoice
from wiadukt.contract.job_order import WorkRequest, WorkRequestReceipt
from wiadukt.contract.order import (
    CancellationReceipt,
    CancellationRequest,
    Order,
    OrderReceipt,
    PlacedOrder,
    Reinstatement,
)
from wiadukt.contract.order_status import MeaningKept, StatusMeaning
from wiadukt.contract.problem import Problem
from wiadukt.contract.product import Product
from wiadukt.contract.status import ConnectorStatus
from wiadukt.runtime import clock, trace
from wiadukt.runtime.backoff import wished_s

FETCHED: dict[Kind, type[Fetched[Any]]] = {
    Kind.CUSTOMER: Fetched[Customer],
    Kind.PRODUCT: Fetched[Product],
    Kind.ORDER: Fetched[Order],
    Kind.INVOICE: Fetched[Invoice],
}
M = TypeVar("M", bound=ContractModel)
CONTRACT = {Kind.CUSTOMER: Customer, Kind.PRODUCT: Product, Kind.ORDER: Order, Kind.INVOICE: Invoice}
TIMEOUT_S = 30
LONG_TIMEOUT_S = 300
STATUS_TIMEOUT_S = 5
CHECK_TIMEOUT_S = 60


class Connector:
    """The connector beside WAPRO. Every call may raise Unreachable, Misconfigured or Refused."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http

    def fetch(self, kind: Kind, ids: Sequence[str]) -> Fetched[Any]:
        """The current objects of these ids, as one snapshot; at most 500 ids."""
        request = FetchRequest(ids=tuple(ids))
        answer = _call(self.http, "POST", f"/v1/{kind}s/fetch", request)
        try:
            return FETCHED[kind].model_validate_json(answer.content)
        except ValidationError:
            return self._one_by_one(kind, answer)

    @staticmethod
    def _one_by_one(kind: Kind, answer: httpx.Response) -> Fetched[Any]:
        """Each object is parsed by itself, so that one we can't read does not spoil its batch."""
        raw = _read(Fetched[Any], answer)
        objects, broken = [], dict(raw.broken)
        for item in raw.objects:
            try:
                objects.append(CONTRACT[kind].model_validate(item))
            except ValidationError as error:
                broken[str(item.get("id", "?"))] = f"The connector's answer is not of our contract: {error}"
        return Fetched[Any](objects=tuple(objects), missing=raw.missing, broken=broken, read_at=raw.read_at)

    def ids(self, kind: Kind) -> Iterator[tuple[str, ...]]:
        """Pages of the ids of everything the shop should have."""
        after: str | None = None
        while True:
            query = {"limit": "500"} | ({"after": after} if after else {})
            page = _read(IdPage, _call(self.http, "GET", f"/v1/{kind}s/ids", query=query))
            yield page.ids
            if page.next_after is None:
                return
            after = page.next_after

    def bucket_digests(self, kind: Kind, first: int, last: int) -> tuple[BucketDigest, ...]:
        """What WAPRO has of the shop's business, three numbers a bucket."""
        query = {"first": str(first), "last": str(last)}
        answer = _call(self.http, "GET", f"/v1/{kind}s/digests", query=query, timeout_s=LONG_TIMEOUT_S)
        return _read(BucketDigests, answer).buckets

    def contents(self, kind: Kind, first: int, last: int) -> dict[str, str]:
        """Digest by object id of the buckets `first` to `last`."""
        query = {"last": str(last)}
        answer = _call(self.http, "GET", f"/v1/{kind}s/digests/{first}", query=query, timeout_s=LONG_TIMEOUT_S)
        return _read(BucketContent, answer).digests

    def queued(self, kind: Kind, ids: Sequence[str]) -> dict[str, QueueEntry]:
        """The youngest row of each object in WAPRO's queue; at most 500 ids."""
        answer = _call(self.http, "POST", f"/v1/{kind}s/queued", FetchRequest(ids=tuple(ids)))
        return _read(QueueEntries, answer).entries

    def queue(self, asked: QueuePage) -> QueueRows:
        """A page of WAPRO's queue, youngest first."""
        return _read(QueueRows, _call(self.http, "GET", "/v1/queue", query=_query(asked), timeout_s=STATUS_TIMEOUT_S))

    def queue_causes(self, asked: QueueFilter) -> QueueCauses:
        """What the shop refused to be told and matches, by cause."""
        answer = _call(self.http, "GET", "/v1/queue/causes", query=_query(asked), timeout_s=STATUS_TIMEOUT_S)
        return _read(QueueCauses, answer)

    def retry_queue(self, asked: QueueRetry) -> QueueRetried:
        """A portion of the rejected rows that match waits again."""
        return _read(QueueRetried, _call(self.http, "POST", "/v1/queue/retry", asked, timeout_s=STATUS_TIMEOUT_S))

    def status(self) -> ConnectorStatus:
        """What the connector says of itself; asked often, so it must answer soon."""
        answer = _call(self.http, "GET", "/v1/status", timeout_s=STATUS_TIMEOUT_S)
        return _read(ConnectorStatus, answer)

    def check(self, name: ErpCheck, language: str = "pl") -> CheckReport:
        """What the connector sees when it looks at this now, in this language."""
        return _checked(self.http, name, language)

    def put_address(self, change: AddressChange) -> AddressReceipt:
        answer = _call(self.http, "PUT", f"/v1/customers/{change.customer_id}/card/{change.part}", change)
        receipt = _read(AddressReceipt, answer)
        _must_be_about(f"{change.customer_id} {change.part}", f"{receipt.customer_id} {receipt.part}", answer)
        return receipt

    def put_place(self, change: DeliveryPlaceChange) -> DeliveryPlaceReceipt:
        answer = _call(self.http, "PUT", f"/v1/delivery-places/{change.key}", change)
        receipt = _read(DeliveryPlaceReceipt, answer)
        _must_be_about(change.key, receipt.key, answer)
        return receipt

    def put_order(self, order: PlacedOrder) -> OrderReceipt:
        answer = _call(self.http, "PUT", f"/v1/orders/{order.number}", order)
        receipt = _read(OrderReceipt, answer)
        _must_be_about(order.number, receipt.number, answer)
        return receipt

    def put_meaning(self, said: StatusMeaning) -> int:
        """What a letter of WAPRO's order statuses means from now on; returns how many orders are announced for it."""
        return _read(MeaningKept, _call(self.http, "PUT", "/v1/order-statuses", said)).orders

    def put_cancellation(self, wish: CancellationRequest) -> CancellationReceipt:
        return _put_cancellation(self.http, f"/v1/orders/{wish.number}/cancellation", wish)


class Production:
    """The application of the floor, or any other MES behind the same HTTP contract."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http

    def put_work_request(self, request: WorkRequest) -> WorkRequestReceipt:
        answer = _call(self.http, "PUT", f"/v1/work-requests/{request.order_number}", request)
        receipt = _read(WorkRequestReceipt, answer)
        _must_be_about(request.order_number, receipt.order_number, answer)
        return receipt

    def check(self, name: FloorCheck, language: str = "pl") -> CheckReport:
        """What production sees when it looks at this now, in this language."""
        return _checked(self.http, name, language)

    def put_cancellation(self, wish: CancellationRequest) -> CancellationReceipt:
        return _put_cancellation(self.http, f"/v1/work-requests/{wish.number}/cancellation", wish)

    def put_reinstatement(self, wish: Reinstatement) -> None:
        _call(self.http, "PUT", f"/v1/work-requests/{wish.number}/reinstatement", wish)


def _checked(http: httpx.Client, name: str, language: str) -> CheckReport:
    return _read(CheckReport, _call(http, "GET", f"/v1/checks/{name}", language=language, timeout_s=CHECK_TIMEOUT_S))


def _put_cancellation(http: httpx.Client, path: str, wish: CancellationRequest) -> CancellationReceipt:
    answer = _call(http, "PUT", path, wish)
    receipt = _read(CancellationReceipt, answer)
    _must_be_about(wish.number, receipt.number, answer)
    return receipt


@lru_cache(maxsize=1)
def connector() -> Connector:
    environment = settings.ENVIRONMENT
    return Connector(client_of(environment.connector_url, environment.connector_token))


@lru_cache(maxsize=1)
def production() -> Production:
    environment = settings.ENVIRONMENT
    return Production(client_of(environment.production_url, environment.production_token))


def client_of(url: str, token: str) -> httpx.Client:
    """A client of one of our HTTP interfaces."""
    return httpx.Client(
        base_url=url,
        timeout=TIMEOUT_S,
        headers={"Authorization": f"Bearer {token}"},
        event_hooks={"request": [trace.hand_on]},
    )


def _call(
    http: httpx.Client,
    method: str,
    path: str,
    body: ContractModel | None = None,
    query: dict[str, str] | None = None,
    timeout_s: float = TIMEOUT_S,
    language: str = "",
) -> httpx.Response:
    content = TypeAdapter(type(body)).dump_json(body) if body is not None else None
    headers = {"Content-Type": "application/json"} if body is not None else {}
    headers |= {"Accept-Language": language} if language else {}
    try:
        answer = http.request(method, path, content=content, params=query, headers=headers, timeout=timeout_s)
    except httpx.RequestError as error:  # also a body that can't be unpacked: something stands between
        raise Unreachable(f"{http.base_url}: {type(error).__name__}: {error}") from error
    if answer.is_success:
        return answer
    raise _error_of(answer)


def _query(asked: ContractModel) -> dict[str, str]:
    """What was asked, as a query says it; what says nothing is left out."""
    said = asked.model_dump(mode="json", exclude_defaults=True)
    return {name: str(value) for name, value in said.items()}


def _read(model: type[M], answer: httpx.Response) -> M:
    """The answer in the contract's words. A login page of a proxy says yes, too: that is an outage, not an answer."""
    try:
        return model.model_validate_json(answer.content)
    except ValidationError as error:
        cause = _("%(where)s answered %(status)s with what is not of our contract.")
        raise Unreachable(cause % {"where": answer.url, "status": answer.status_code}) from error


def _must_be_about(asked: str, answered: str, answer: httpx.Response) -> None:
    if asked != answered:
        cause = _("%(where)s answered for %(answered)s, not for %(asked)s.")
        raise Unreachable(cause % {"where": answer.url, "answered": answered, "asked": asked})


def _busy(answer: httpx.Response) -> Busy:
    try:
        problem = Problem.model_validate_json(answer.content)
    except ValidationError:
        return Busy(answer.text[:300])
    return Busy(f"{problem.title} {problem.detail}".strip())


def _misconfigured(answer: httpx.Response) -> Misconfigured | None:
    """What the neighbour says of a fault on its own side that a person must mend."""
    try:
        problem = Problem.model_validate_json(answer.content)
    except ValidationError:
        return None
    if problem.code != "misconfigured":
        return None
    return Misconfigured(problem.field, problem.title, remedy=problem.detail)


def _error_of(answer: httpx.Response) -> Exception:
    if answer.status_code in (401, 403):
        cause = _("%(where)s refused our token.") % {"where": answer.url}
        return Misconfigured("token", cause, remedy=_("Give the shop a valid token."))
    if answer.is_redirect:
        where = answer.headers.get("location", "")
        cause = _("%(from)s sends us to %(to)s.") % {"from": answer.url, "to": where}
        return Misconfigured("url", cause, remedy=_("Give the shop the right address."))
    if answer.status_code == httpx.codes.LOCKED:
        return _busy(answer)
    if answer.status_code >= 500 or answer.status_code in (408, 425, 429):
        told = _misconfigured(answer)
        if told is not None:
            return told
        cause = _("%(where)s answered %(status)s: %(text)s")
        cause %= {"where": answer.url, "status": answer.status_code, "text": answer.text[:300]}
        return Unreachable(cause, retry_after_s=wished_s(answer.headers.get("retry-after", ""), clock.now()))
    try:
        return Problem.model_validate_json(answer.content).as_refusal()
    except ValidationError:
        # A reason of ours is a Problem; anything else comes from a proxy, a wrong address, or another version.
        cause = _("%(where)s answered %(status)s without a reason: %(text)s")
        cause %= {"where": answer.url, "status": answer.status_code, "text": answer.text[:300]}
        return Misconfigured("url", cause, remedy=_("Check the address and what stands between."))
