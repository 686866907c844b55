"""Production that is killed between its base's commit and its answer: a repeat makes no second job orders."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
from factories.last_word import last_word
from sqlalchemy import text

TOKEN = "shop-token"


@pytest.fixture
def start(eventually) -> Callable:
    """Runs `wiadukt production run` until the block ends."""

    @contextmanager
    def start(url: str) -> Iterator[tuple[httpx.Client, subprocess.Popen]]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        environment = os.environ | {
            "PRODUCTION_DATABASE_URL": url,
            "PRODUCTION_TOKENS": f"shop:{TOKEN}",
            "CONNECTOR_URL": "http://127.0.0.1:1",
            "NO_PROXY": "127.0.0.1",
        }
        command = [sys.executable, "-m", "wiadukt", "production", "run", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, trust_env=False) as client:
            try:
                eventually(lambda: _answers(client), within_s=20)
                yield client, process
            finally:
                process.terminate()
                process.wait(20)

    return start


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/healthz").status_code < 500
    except httpx.TransportError:
        return False


def test_a_repeat_after_a_death_between_commit_and_answer_makes_no_second_job_orders(
    database_url, engine, start, request_of
):
    request = request_of("10", "3")
    where = f"/v1/work-requests/{request['order_number']}"
    dying: list[subprocess.Popen] = []

    def jobs() -> int:
        with engine.connect() as conn:
            number = {"number": request["order_number"]}
            return conn.execute(text("SELECT count(*) FROM job_order WHERE order_number = :number"), number).scalar()

    def die() -> None:
        dying[0].send_signal(signal.SIGKILL)
        dying[0].wait(10)

    with last_word(database_url, request["order_number"], die) as between, start(between.url) as (client, process):
        dying.append(process)
        with pytest.raises(httpx.TransportError):
            client.put(where, json=request)
        assert between.happened.wait(10), "it died at that moment and no other"
    assert process.returncode == -signal.SIGKILL
    assert jobs() == 2, "the base had committed"

    with start(database_url) as (client, _):
        again = client.put(where, json=request)

    assert (again.status_code, again.json()["created"]) == (200, False)
    assert len(again.json()["job_order_ids"]) == 2
    assert jobs() == 2
