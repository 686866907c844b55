"""The demo's floor as it is: one order, three machines, three protocols, and the ERP hears of the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from factories.ports import free_port
from factories.threads import event_loop

from wiadukt.demo import machines
from wiadukt.demo.floor import write_floor
from wiadukt.demo.layout import Layout, Ports
from wiadukt.production.machines.working import Pace

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("empty")]
BY = {"FF-DAB-716-396": "Piła panelowa", "FN-DAB-716-396": "Okleiniarka", "FF-DAB-1100-396": "Wiertarka"}


@pytest.fixture
def floor(tmp_path, monkeypatch) -> Iterator[Layout]:
    """The machines on a thread of their own, quicker than in the demo."""
    ports = {"opcua": free_port(), "mqtt": free_port()}
    monkeypatch.setattr(Ports, "all", property(lambda self: ports))
    monkeypatch.setattr(machines, "PACES", dict.fromkeys(machines.PACES, Pace(0.05, scrap_every=3)))
    layout = Layout(tmp_path)
    write_floor(layout, Ports())
    with event_loop() as do:
        running = do(_begin(layout))
        yield layout
        do(_end(running))


async def _begin(layout: Layout) -> asyncio.Task[None]:
    return asyncio.create_task(machines.run(layout, Ports()))


async def _end(running: asyncio.Task[None]) -> None:
    running.cancel()
    await asyncio.wait([running], timeout=10)


def test_an_order_for_three_machines_is_made_by_all_of_them_and_reported(
    floor: Layout, serve: Callable[..., Any], connector: Any, request_of: Callable[..., dict], eventually: Any
):
    production = serve(connector.url, floor.machines_file)
    request = request_of("4", "4", "4")
    for job, product in zip(request["job_orders"], BY, strict=True):
        job["product_id"] = product

    production.send(request)

    number = request["order_number"]
    last = lambda: (connector.reports_of(number) or [{}])[-1]  # noqa: E731
    eventually(lambda: last().get("state") == "ready", within_s=90)
    assert float(last()["good"]) == 12
    for job, product in zip(request["job_orders"], BY, strict=True):
        done = production.job(job["id"])
        assert (done["state"], float(done["good"]), float(done["scrap"])) == ("Completed", 4, 1)
        assert BY[product] in production.floor.get(f"/terminal/{job['id']}").text
