"""Production that is killed between its commit and its answer makes nothing twice; told to end, it ends at once."""

from __future__ import annotations

import signal
import subprocess
import time
from contextlib import AbstractContextManager

import httpx
import pytest
from factories.last_word import last_word
from factories.processes import running
from factories.saw import Saw
from sqlalchemy import text

TOKEN = "shop-token"


def production_on(url: str, **more: str) -> AbstractContextManager[tuple[httpx.Client, subprocess.Popen]]:
    environment = {
        "PRODUCTION_DATABASE_URL": url,
        "PRODUCTION_TOKENS": f"shop:{TOKEN}",
        "CONNECTOR_URL": "http://127.0.0.1:1",
    }
    return running("production", TOKEN, **environment | more)


def test_a_repeat_after_a_death_between_commit_and_answer_makes_no_second_job_orders(database_url, engine, request_of):
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

    with (
        last_word(database_url, request["order_number"], die) as between,
        production_on(between.url) as (client, process),
    ):
        dying.append(process)
        with pytest.raises(httpx.TransportError):
            client.put(where, json=request)
        assert between.happened.wait(10), "it died at that moment and no other"
    assert process.returncode == -signal.SIGKILL
    assert jobs() == 2, "the base had committed"

    with production_on(database_url) as (client, _):
        again = client.put(where, json=request)

    assert (again.status_code, again.json()["created"]) == (200, False)
    assert len(again.json()["job_order_ids"]) == 2
    assert jobs() == 2


def test_it_ends_at_once_when_told_to_though_screens_listen_and_a_machine_is_tended(database_url, tmp_path, eventually):
    saw = Saw("Saw")
    file = tmp_path / "machines.toml"
    entry = '[[machine]]\ndriver = "opcua"\nid = "{id}"\nname = "{id}"\nurl = "{url}"\n'
    there, away = entry.format(id="saw", url=saw.url), entry.format(id="away", url="opc.tcp://127.0.0.1:1/x")
    file.write_text(there + away, encoding="utf-8")

    with production_on(database_url, PRODUCTION_MACHINES=str(file)) as (client, process):
        eventually(lambda: "saw nie odpowiada" not in client.get("/").text, within_s=30)
        with client.stream("GET", "/live") as line:
            words = line.iter_lines()  # kept: the line is hung up with it
            assert next(words).startswith("retry")
            told_at = time.monotonic()
            process.terminate()
            process.wait(20)
            took_s = time.monotonic() - told_at

    saw.close()
    assert process.returncode in (0, -signal.SIGTERM)
    assert took_s < 4, "screens are not waited for"
