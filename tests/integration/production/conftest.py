"""Production as it runs: a real server over a real base, and a connector that can be told how to answer."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from factories.serving import Neighbour, answering, client_of, served
from sqlalchemy import Engine, delete

from wiadukt.production.main import create_app
from wiadukt.production.migrate import migrate
from wiadukt.production.settings import Settings
from wiadukt.production.store import engine_of, work_request

TOKEN = "shop-token"


@pytest.fixture(scope="session")
def database_url(postgres) -> str:
    url = postgres.url("production_test")
    migrate(url)
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = engine_of(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def empty(engine: Engine) -> None:
    """No job of another test, which a machine's rule would take up and screens would show first."""
    with engine.begin() as connection:
        connection.execute(delete(work_request))


@dataclass
class Connector:
    """A small real HTTP receiver in the connector's place: `answer` decides, `received` remembers; `takes` is
    the only token that it knows."""

    url: str = ""
    received: list[tuple[str, str, dict]] = field(default_factory=list)
    traceparents: list[str] = field(default_factory=list)
    answer: Callable[[dict], tuple[int, dict | None]] = lambda report: (204, None)
    takes: str = "to-connector"

    def reports_of(self, order_number: str) -> list[dict]:
        return [body for path, _, body in self.received if path == f"/v1/orders/{order_number}/progress"]


@pytest.fixture
def connector() -> Iterator[Connector]:
    connector = Connector()

    class Receiver(Neighbour):
        def do_GET(self) -> None:
            taken = self.path == "/v1/status" and self.headers["authorization"] == f"Bearer {connector.takes}"
            self.answer(200 if taken else 401)

        def do_PUT(self) -> None:
            body = json.loads(self.body())
            connector.traceparents.append(self.headers["traceparent"])
            connector.received.append((self.path, self.headers["authorization"], body))
            self.answer(*connector.answer(body))

    with answering(Receiver) as connector.url:
        yield connector


@dataclass(frozen=True)
class Production:
    """A running production: `api` with the shop's token, `floor` as a terminal on the floor."""

    url: str
    api: httpx.Client
    floor: httpx.Client

    def send(self, request: dict) -> httpx.Response:
        return self.api.put(f"/v1/work-requests/{request['order_number']}", json=request)

    def tap(self, job_id: str, action: str, *, token: str = "", **fields: str) -> httpx.Response:
        form = {"action": action, "token": token or uuid.uuid4().hex, **fields}
        return self.floor.post(f"/terminal/{job_id}/steps", data=form)

    def job(self, job_id: str) -> dict:
        return self.api.get(f"/v1/job-orders/{job_id}").json()


@pytest.fixture
def serve(database_url: str, empty: None) -> Iterator[Callable[..., Production]]:
    """Starts production, without jobs of other tests, against a connector at the given address."""
    with ExitStack() as running:

        def start(connector_url: str, machines_file: Path | None = None) -> Production:
            settings = Settings(
                database_url=database_url,
                tokens=f"shop:{TOKEN}",
                connector_url=connector_url,
                connector_token="to-connector",
                report_poll_s=0.05,
                report_timeout_s=2,
                machines_file=machines_file,
            )
            url = running.enter_context(served(create_app(settings), ws="none"))
            key = {"Authorization": f"Bearer {TOKEN}"}
            api = running.enter_context(client_of(url, headers=key))
            floor = running.enter_context(client_of(url))
            return Production(url, api, floor)

        yield start


@pytest.fixture
def production(serve: Callable[[str], Production], connector: Connector) -> Production:
    return serve(connector.url)


@pytest.fixture
def request_of() -> Callable[..., dict]:
    """A work request under a number of its own, with as many job orders as quantities."""

    def make(*quantities: str, **fields: object) -> dict:
        number = f"WD-{uuid.uuid4().int % 10**9}"
        jobs = [
            {
                "id": f"{number}-{line}",
                "product_id": "FR-DAB-716-396",
                "description": "Front lakierowany dąb 716×396",
                "quantity": quantity,
                "parameters": [{"id": "width", "value": "396", "unit": "mm"}],
            }
            for line, quantity in enumerate(quantities or ("10",), start=1)
        ]
        return {"order_number": number, "customer_name": "Stolarnia Bukowiec", "job_orders": jobs, **fields}

    return make
