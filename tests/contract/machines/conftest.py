"""A machine of each protocol, and what it does by itself, behind one fixture: every driver passes the same suite."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from factories.brokers import broker, mosquitto
from factories.saw import Saw
from factories.sftp import SftpServer
from factories.waiting import until

from wiadukt.contract.job_order import JobOrder
from wiadukt.contract.order import Parameter
from wiadukt.production.machines.files.client import FilesMachine, FilesSettings
from wiadukt.production.machines.files.station import FolderStation
from wiadukt.production.machines.mqtt.client import MqttMachine
from wiadukt.production.machines.mqtt.line import Broker
from wiadukt.production.machines.mqtt.station import Station
from wiadukt.production.machines.mqtt.topics import Topics
from wiadukt.production.machines.opcua.client import OpcUaMachine, OpcUaSettings
from wiadukt.production.machines.opcua.parameters import WOODWORKING
from wiadukt.production.machines.port import Machine, MachineJob
from wiadukt.production.machines.working import Worker


@dataclass
class Floor:
    """One machine: `connect` as production does; the others are what happens at the machine itself. `begin_unseen` is
    a beginning of which nothing has been said yet."""

    connect: Callable[[], AbstractAsyncContextManager[Machine]]
    begin: Callable[[str], Awaitable[None]]
    begin_unseen: Callable[[str], Awaitable[None]]
    make: Callable[[str, int, int], Awaitable[None]]
    finish: Callable[[str], Awaitable[None]]
    abort: Callable[[str], Awaitable[None]]
    stop: Callable[[], Awaitable[None]]
    can_pause: bool = True


@pytest.fixture(scope="session")
def saw() -> Iterator[Saw]:
    one = Saw("Saw", most=3)
    yield one
    one.close()


@asynccontextmanager
async def opcua(saw: Saw) -> AsyncIterator[Floor]:
    await asyncio.to_thread(saw.fresh)
    settings = OpcUaSettings(saw.url, names=WOODWORKING, timeout_s=10)

    def does(what: str, *names: str) -> Callable[..., Awaitable[None]]:
        async def act(job_id: str, *counts: int) -> None:
            await asyncio.to_thread(saw.do, what, job_id, **dict(zip(names, counts, strict=True)))

        return act

    yield Floor(
        lambda: OpcUaMachine.connected(settings),
        begin=does("begin"),
        begin_unseen=lambda job_id: asyncio.to_thread(saw.begin_unseen, job_id),
        make=does("count", "good", "scrap"),
        finish=does("finish"),
        abort=does("abort"),
        stop=lambda: asyncio.to_thread(saw.off),
    )


@asynccontextmanager
async def mqtt() -> AsyncIterator[Floor]:
    async with broker() as port:
        settings, topics = Broker("127.0.0.1", port), Topics("test/v1", "bander")
        station = Station(settings, topics, most=3)
        async with station:
            yield floor_of(station, lambda: MqttMachine.connected(settings, topics), station.__aexit__)


@asynccontextmanager
async def files() -> AsyncIterator[Floor]:
    with TemporaryDirectory() as folder:
        root = Path(folder) / "drill"
        root.mkdir()
        settings = FilesSettings(root, most=3, poll_s=0.05)
        async with FolderStation(root, look_every_s=0.02) as station:

            async def unmount() -> None:
                await station.__aexit__()
                root.rename(root.with_name("away"))

            at = floor_of(station, lambda: FilesMachine.connected(settings), unmount)
            yield replace(at, can_pause=False, begin_unseen=takes_from(root))


@asynccontextmanager
async def sftp() -> AsyncIterator[Floor]:
    """The same folder, seen through a real SFTP server."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "drill").mkdir()
        async with SftpServer(root) as server, FolderStation(root / "drill", look_every_s=0.02) as station:
            settings = FilesSettings(Path("/drill"), most=3, poll_s=0.05, sftp=server.settings)
            at = floor_of(station, lambda: FilesMachine.connected(settings), server.off)
            yield replace(at, can_pause=False, begin_unseen=takes_from(root / "drill"))


def takes_from(root: Path) -> Callable[[str], Awaitable[None]]:
    """Many machines that read files begin by taking the file away."""

    async def take(job_id: str) -> None:
        (root / "jobs" / f"{job_id}.csv").unlink()

    return take


def floor_of(station: Worker, connect: Callable[..., Any], stop: Callable[[], Awaitable[None]]) -> Floor:
    """What happens at the machine itself, by its list."""

    def does(change: Callable[..., None]) -> Callable[..., Awaitable[None]]:
        async def act(*args: Any) -> None:
            await until(lambda: args[0] in station.jobs.entries)
            change(*args)
            await station.publish()

        return act

    async def begin_unseen(job_id: str) -> None:
        station.jobs.begin(job_id)

    return Floor(
        connect,
        begin=does(station.jobs.begin),
        begin_unseen=begin_unseen,
        make=does(lambda job_id, good, scrap: station.jobs.count(job_id, good=good, scrap=scrap)),
        finish=does(station.jobs.finish),
        abort=does(station.jobs.abort),
        stop=stop,
    )


@pytest.fixture(params=["amqtt", *(["mosquitto"] if shutil.which("mosquitto") else [])])
def brokers(request, tmp_path) -> Callable[[], AbstractAsyncContextManager[int]]:
    """Each broker that is installed."""
    return broker if request.param == "amqtt" else lambda: mosquitto(tmp_path)


@pytest.fixture(params=["opcua", "mqtt", "files", "sftp"])
def floor(request) -> Callable[[], AbstractAsyncContextManager[Floor]]:
    if request.param == "opcua":
        return partial(opcua, request.getfixturevalue("saw"))
    return {"mqtt": mqtt, "files": files, "sftp": sftp}[request.param]


@pytest.fixture
def job() -> Callable[..., MachineJob]:
    """A job order as production gives it to a machine."""

    def make(job_id: str = "WD-1-1", *, description: str = "Front", quantity: int = 4) -> MachineJob:
        order = JobOrder(
            id=job_id,
            product_id="FR-DAB-716-396",
            description=description,
            quantity=Decimal(quantity),
            parameters=(Parameter(id="width", value="396,5", unit="mm"), Parameter(id="decor", value="dąb")),
        )
        return MachineJob(order, ("WD-1",), "Stolarnia Bukowiec", "ZAM/77")

    return make
