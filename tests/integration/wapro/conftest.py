"""A WAPRO base for each test, with our schema and capture in it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from factories.bases import SERVERS, PostgresBases, SqlServerBases, bases_of, connect
from factories.wapro import SECRET, TOKEN, Office, settings_for
from sqlalchemy import Engine

from wiadukt.runtime.signing import verify
from wiadukt.wapro.dispatch import Dispatcher
from wiadukt.wapro.engine import make_engine
from wiadukt.wapro.settings import Settings

HEADERS = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}


@pytest.fixture(scope="session", params=SERVERS)
def bases(request, postgres) -> Iterator[PostgresBases | SqlServerBases]:
    bases = bases_of(request.param, postgres)
    yield bases
    bases.close()


@pytest.fixture
def base(bases) -> Iterator[str]:
    with bases.fresh() as url:
        yield url


@pytest.fixture
def office(base: str) -> Iterator[Office]:
    office = Office(connect(base))
    yield office
    office.close()


@pytest.fixture
def engine(base: str) -> Iterator[Engine]:
    engine = make_engine(base)
    yield engine
    engine.dispose()


@pytest.fixture
def settings(base: str) -> Settings:
    return settings_for(base)


@pytest.fixture
def start(base, eventually) -> Callable:
    """Runs `wiadukt connector run` until the block ends."""

    @contextmanager
    def start(
        url: str = base, events_url: str = "", **settings: str
    ) -> Iterator[tuple[httpx.Client, subprocess.Popen]]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        environment = os.environ | {
            "WAPRO_DATABASE_URL": url,
            "WAPRO_WAREHOUSES": "1,2",
            "CONNECTOR_TOKENS": f"shop:{TOKEN},production:other",
            "WEBHOOK_SECRETS": SECRET,
            "SHOP_EVENTS_URL": events_url,
            "NO_PROXY": "127.0.0.1",
            **settings,
        }
        command = [sys.executable, "-m", "wiadukt", "connector", "run", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        where = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=where, headers=HEADERS, trust_env=False) as client:
            try:
                eventually(lambda: _answers(client), within_s=60)
                yield client, process
            finally:
                process.terminate()
                process.wait(20)

    return start


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/healthz").status_code in (200, 503)
    except httpx.TransportError:
        return False


@dataclass
class Shop:
    """A small real HTTP receiver in the shop's place: keeps each event id once, as the shop's inbox does.

    `answer` decides: a status, and a Problem or None. What it answers with 2xx is kept.
    """

    server: ThreadingHTTPServer
    batches: list[list[dict]] = field(default_factory=list)
    traceparents: list[str] = field(default_factory=list)
    kept: dict[str, dict] = field(default_factory=dict)
    answer: Callable[[list[dict]], tuple[int, dict | None]] = lambda batch: (202, None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/sync/events"

    @property
    def told(self) -> list[str]:
        """Objects of every event that counted, in order."""
        return [event["subject"] for event in self.kept.values()]

    def take(self, handler: BaseHTTPRequestHandler) -> tuple[int, dict | None]:
        body = handler.rfile.read(int(handler.headers["content-length"]))
        verify([SECRET], headers=handler.headers, body=body)
        assert handler.headers["content-type"] == "application/cloudevents-batch+json"
        batch = json.loads(body)
        self.batches.append(batch)
        self.traceparents.append(handler.headers["traceparent"])
        status, problem = self.answer(batch)
        if status < 300:
            for one in batch:
                self.kept.setdefault(one["id"], one)
        return status, problem


@pytest.fixture
def shop() -> Iterator[Shop]:
    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, problem = shop.take(self)
            if status == 0:  # the answer is lost on the way
                self.connection.close()
                return
            text = json.dumps(problem).encode() if problem else b""
            self.send_response(status)
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Silent: the test says what matters."""

    shop = Shop(ThreadingHTTPServer(("127.0.0.1", 0), Receiver))
    shop.server.daemon_threads = True
    thread = threading.Thread(target=shop.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield shop
    shop.server.shutdown()
    shop.server.server_close()
    thread.join()


@pytest.fixture
def dispatcher(base: str, shop: Shop) -> Iterator[Callable[..., Dispatcher]]:
    """Makes dispatchers, each with its own connections, as separate processes would have."""
    made: list[Dispatcher] = []

    def make(**changes: object) -> Dispatcher:
        settings = settings_for(base, shop_events_url=shop.url, **{"dispatch_idle_s": 0.02} | changes)
        made.append(Dispatcher(make_engine(base), settings, httpx.Client(timeout=5, trust_env=False)))
        return made[-1]

    yield make
    for one in made:
        one.http.close()
        one.engine.dispose()


@pytest.fixture
def eventually() -> Callable[..., None]:
    """Waits until a condition holds; fails when it never does."""

    def wait(condition: Callable[[], object], *, within_s: float = 15) -> None:
        deadline = time.monotonic() + within_s
        while not condition():
            assert time.monotonic() < deadline, "it never came true"
            time.sleep(0.02)

    return wait
