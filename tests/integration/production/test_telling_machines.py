"""What machines tell of themselves by Sparkplug stands on the screens, and decides who gets jobs by rule."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from factories.brokers import broker
from factories.threads import event_loop

from wiadukt.production.machines.mqtt.line import Broker
from wiadukt.production.machines.sparkplug.node import EdgeNode
from wiadukt.production.machines.sparkplug.payload import DataType, Metric

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("empty")]
TOLD = (Metric("State", 4, DataType.INT16), Metric("Good", 1250, DataType.INT32), Metric("Scrap", 7, DataType.INT32))
FLOOR = """
[[work_centre]]
id = "drilling"
name = "Wiercenie"
[[machine]]
driver = "files"
id = "drill"
name = "Wiertarka"
work_centre = "drilling"
automatic = true
folder = '{folder}'
poll_s = 0.1
[[sparkplug]]
host = "127.0.0.1"
port = {port}
[[sparkplug.machine]]
id = "drill"
source = "plant/line-1/drill"
state = "State"
states = {{ 4 = "running" }}
good = "Good"
scrap = "Scrap"
[[sparkplug.machine]]
id = "press"
name = "Prasa"
source = "plant/line-1/press"
"""


@dataclass
class Plant:
    """A broker and an edge node with a drill and a press; `run` does what it is given beside them."""

    port: int
    node: EdgeNode
    run: Callable[[Coroutine[Any, Any, Any]], Any]


@asynccontextmanager
async def at_work() -> AsyncIterator[tuple[int, EdgeNode]]:
    devices = {"drill": TOLD, "press": ()}
    async with broker() as port, EdgeNode(Broker("127.0.0.1", port), "plant", "line-1", devices) as node:
        yield port, node


@pytest.fixture
def plant() -> Iterator[Plant]:
    with event_loop() as run:
        plant = at_work()
        yield Plant(*run(plant.__aenter__()), run)
        run(plant.__aexit__(None, None, None))


@pytest.fixture
def production(plant: Plant, serve: Callable[..., Any], connector: Any, tmp_path: Path) -> Any:
    folder, file = tmp_path / "drill", tmp_path / "machines.toml"
    folder.mkdir()
    file.write_text(FLOOR.format(folder=folder, port=plant.port), encoding="utf-8")
    return serve(connector.url, file)


def machine(page: str, name: str) -> str:
    """Its card in a page."""
    (card,) = (part for part in page.split("<article class=")[1:] if f"<strong>{name}</strong>" in part)
    return card.partition("</article>")[0]


def test_board_and_terminal_show_what_a_machine_tells_and_a_dead_one_gets_no_job_by_rule(
    production, plant, request_of, tmp_path, eventually
):
    def card(path: str = "/board", name: str = "Wiertarka") -> str:
        return machine(production.floor.get(path).text, name)

    eventually(lambda: "pracuje" in card())
    for path in ("/", "/terminal", "/terminal/machines?centre=drilling"):
        assert "<b>1250</b>" in card(path)
        assert "<b>7</b>" in card(path)
    assert "odpowiada" in card(name="Prasa")
    assert "Prasa" not in production.floor.get("/terminal/machines?centre=drilling").text

    plant.run(plant.node.die("drill"))
    eventually(lambda: "jest wyłączona" in card())
    assert "odpowiada" in card(name="Prasa"), "the others of its node live"
    request = request_of("4")
    production.send(request)
    job_id = request["job_orders"][0]["id"]
    files = tmp_path / "drill" / "jobs" / f"{job_id}.csv"
    eventually(lambda: job_id in production.floor.get("/board").text)
    with pytest.raises(AssertionError, match="never came true"):
        eventually(files.exists, within_s=2)

    plant.run(plant.node.be_born())
    eventually(files.exists)
    assert "<b>1250</b>" in card(f"/terminal/{job_id}")
