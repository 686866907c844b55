"""Production as it runs: a real server over a real base, and a connector that can be told how to answer."""

from __future__ import annotations

import json
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
import uvicorn
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
    """No job of another test that a machine's rule would take up."""
    with engine.begin() as connection:
        connection.execute(delete(work_request))


@dataclass
class Connector:
    """A small real HTTP receiver in the connector's place: `answer` decides, `received` remembers; `takes` is
    the only token that it knows."""

    server: ThreadingHTTPServer
    received: list[tuple[str, str, dict]] = field(default_factory=list)
    traceparents: list[str] = field(default_factory=list)
    answer: Callable[[dict], tuple[int, dict | None]] = lambda report: (204, None)
    takes: str = "to-connector"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def reports_of(self, order_number: str) -> list[dict]:
        return [body for path, _, body in self.received if path == f"/v1/orders/{order_number}/progress"]


@pytest.fixture
def connector() -> Iterator[Connector]:
    class Receiver(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            taken = self.path == "/v1/status" and self.headers["authorization"] == f"Bearer {connector.takes}"
            self.send_response(200 if taken else 401)
            self.send_header("content-length", "0")
            self.end_headers()

        def do_PUT(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            connector.traceparents.append(self.headers["traceparent"])
            connector.received.append((self.path, self.headers["authorization"], body))
            status, problem = connector.answer(body)
            self.send_response(status)
            text = json.dumps(problem).encode() if problem else b""
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Silent: the test says what matters."""

    connector = Connector(ThreadingHTTPServer(("127.0.0.1", 0), Receiver))
    connector.server.daemon_threads = True
    thread = threading.Thread(target=connector.server.serve_forever, daemon=True)
    thread.start()
    yield connector
    connector.server.shutdown()
    connector.server.server_close()
    thread.join()


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
def serve(database_url: str) -> Iterator[Callable[..., Production]]:
    """Starts production against a connector at the given address."""
    running: list[tuple[uvicorn.Server, threading.Thread, Production]] = []

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
        sock = socket.socket()
        sock.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{sock.getsockname()[1]}"
        api = httpx.Client(base_url=url, headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False)
        floor = httpx.Client(base_url=url, trust_env=False)
        running.append((server, thread, Production(url, api, floor)))
        wait_until(lambda: server.started)
        return running[-1][2]

    yield start
    for server, thread, production in running:
        production.api.close()
        production.floor.close()
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def production(serve: Callable[[str], Production], connector: Connector) -> Production:
    return serve(connector.url)


@pytest.fixture
def eventually() -> Callable[..., None]:
    """Waits until the condition holds; fails when it never does."""
    return wait_until


def wait_until(condition: Callable[[], object], *, within_s: float = 10) -> None:
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)


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
