"""What production makes of Sparkplug B, over a real broker: births, data by alias, gaps, deaths, and who is primary."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal

import aiomqtt
import pytest
from factories.brokers import gate
from factories.waiting import until

from wiadukt.production.machines.mqtt.line import Broker
from wiadukt.production.machines.sparkplug import host as hosting
from wiadukt.production.machines.sparkplug.node import EdgeNode
from wiadukt.production.machines.sparkplug.payload import DataType, Metric
from wiadukt.production.machines.sparkplug.watch import Plant, Teller, Telling, Watch
from wiadukt.runtime import contained

pytestmark = pytest.mark.anyio
PRESS = (
    Metric("Status/State", "EXECUTE", DataType.STRING),
    Metric("Count/Good", 12, DataType.INT32),
    Metric("Count/Scrap", 1, DataType.UINT64),
    Metric("Temperature", -3, DataType.INT16),
)
TELLER = Teller(
    "press",
    "plant",
    "line-1",
    "press",
    state="Status/State",
    states={"EXECUTE": "running", "STOPPED": "held"},
    good="Count/Good",
    scrap="Count/Scrap",
    shows=("Temperature",),
)


@dataclass
class Floor:
    """A broker, and production's watch over it."""

    broker: Broker
    watch: Watch
    rings: list[Telling | None] = field(default_factory=list)

    @property
    def press(self) -> Telling:
        telling = self.watch.telling("press")
        assert telling is not None
        return telling

    def node(self, *, bd_seq: int = 0) -> EdgeNode:
        return EdgeNode(self.broker, "plant", "line-1", {"press": PRESS}, bd_seq=bd_seq)

    async def sees(self, condition: Callable[[Telling], bool]) -> Telling:
        await until(lambda: condition(self.press))
        return self.press


@asynccontextmanager
async def watching(port: int, *, host_id: str = "") -> AsyncIterator[Floor]:
    at = Broker("127.0.0.1", port)
    floor = Floor(at, Watch([Plant(at, [TELLER], host_id)], changed=lambda: floor.rings.append(floor.press)))
    running = asyncio.create_task(floor.watch.run())
    try:
        await until(lambda: floor.press.fault == "")
        yield floor
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@pytest.fixture
def plant(brokers) -> Callable[..., AbstractAsyncContextManager[Floor]]:
    @asynccontextmanager
    async def make(*, host_id: str = "") -> AsyncIterator[Floor]:
        async with brokers() as port, watching(port, host_id=host_id) as floor:
            yield floor

    return make


async def test_a_birth_brings_a_machine_to_life_and_data_by_alias_change_what_it_tells(plant):
    async with plant() as floor:
        assert floor.press.is_alive is None
        async with floor.node() as node:
            born = await floor.sees(lambda one: one.is_alive is True)
            assert (born.state, born.good, born.scrap) == ("running", Decimal(12), Decimal(1))
            assert born.others == (("Temperature", -3),)

            await node.tell("press", Count__Good=13, Status__State="STOPPED", Temperature=-4)

            told = await floor.sees(lambda one: one.good == 13)
            assert (told.state, told.others) == ("held", (("Temperature", -4),))
            assert node.births == 1
            await until(lambda: floor.rings and floor.rings[-1] == told)  # the screens heard of it


async def test_a_device_dies_and_is_born_again_while_its_node_lives(plant):
    async with plant() as floor, floor.node() as node:
        await floor.sees(lambda one: one.is_alive is True)

        await node.die("press")
        await floor.sees(lambda one: one.is_alive is False)
        assert floor.watch.is_dead("press")

        await node.be_born()
        await floor.sees(lambda one: one.is_alive is True)


async def test_a_node_that_goes_with_a_word_takes_its_devices_with_it(plant):
    async with plant() as floor:
        async with floor.node():
            await floor.sees(lambda one: one.is_alive is True)

        assert (await floor.sees(lambda one: one.is_alive is False)).good == Decimal(12), "its last word stays"


async def test_a_node_that_was_born_before_us_is_asked_for_its_birth(brokers):
    async with brokers() as port:
        node = EdgeNode(Broker("127.0.0.1", port), "plant", "line-1", {"press": PRESS})
        async with node, watching(port) as floor:
            await floor.sees(lambda one: one.is_alive is True)

            assert node.births == 2


async def test_a_lost_message_makes_us_ask_for_a_birth_and_nothing_is_taken_out_of_turn(plant, monkeypatch):
    monkeypatch.setattr(hosting, "ASK_EVERY_S", 0.2)
    async with plant() as floor, floor.node() as node:
        await floor.sees(lambda one: one.is_alive is True)
        births = node.births

        node.skip()
        await node.tell("press", Count__Good=99)

        await until(lambda: node.births > births)
        assert (await floor.sees(lambda one: one.good == 99)).is_alive
        assert node.births == births + 1


async def test_a_node_whose_line_is_cut_is_dead_by_its_will(brokers):
    async with brokers() as port, watching(port) as floor, gate(port) as (way, cut):
        node = EdgeNode(Broker("127.0.0.1", way), "plant", "line-1", {"press": PRESS}, bd_seq=4)
        await node.__aenter__()
        await floor.sees(lambda one: one.is_alive is True)

        cut()

        await floor.sees(lambda one: one.is_alive is False)
        await node.cut_off()


async def test_when_our_own_line_breaks_nobody_is_dead_and_all_is_asked_for_anew(brokers):
    async with brokers() as port, gate(port) as (way, cut):
        node = EdgeNode(Broker("127.0.0.1", port), "plant", "line-1", {"press": PRESS})
        async with watching(way) as floor, node:
            await floor.sees(lambda one: one.is_alive is True)

            cut()
            lost = await floor.sees(lambda one: one.is_alive is None)
            assert (lost.good, floor.watch.is_dead("press")) == (Decimal(12), False)

            assert (await floor.sees(lambda one: one.is_alive is True)).fault == ""


async def test_a_primary_host_says_that_it_is_there_and_its_will_that_it_is_not(brokers):
    async with brokers() as port, gate(port) as (way, cut):
        async with watching(way, host_id="wiadukt"):
            assert (await state_of_host(port))["online"] is True
            async with aiomqtt.Client("127.0.0.1", port) as other:
                await other.publish("spBv1.0/STATE/wiadukt", json.dumps({"online": False, "timestamp": 1}), 1, True)
            assert (await state_of_host(port, online=True))["timestamp"] > 1, "it is still here, and says so"
            cut()
            await state_of_host(port, online=False)
            await state_of_host(port, online=True)
        await state_of_host(port, online=False)


async def test_a_host_that_goes_while_it_says_that_it_is_there_is_not_taken_for_there(brokers, monkeypatch):
    monkeypatch.setattr(contained, "ASK_AGAIN_S", 0.5)
    async with brokers() as port, aiomqtt.Client("127.0.0.1", port) as ear:
        await ear.subscribe("spBv1.0/STATE/wiadukt", qos=0)  # hears it before the host hears that it was said
        for _ in range(20):
            plants = [Plant(Broker("127.0.0.1", port), [TELLER], "wiadukt")]
            running = asyncio.create_task(Watch(plants, changed=lambda: None).run())
            async with asyncio.timeout(20):
                async for message in ear.messages:
                    if json.loads(message.payload)["online"]:
                        break
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await state_of_host(port, online=False)


async def test_a_host_ends_when_it_is_told_to_as_the_broker_answers(brokers, monkeypatch):
    """Each wait of the client, cancelled in the very step in which it would have been over."""
    monkeypatch.setattr(contained, "ASK_AGAIN_S", 0.5)
    running: list[asyncio.Task] = []

    def cancels(name: str) -> Callable[..., None]:
        heard = getattr(aiomqtt.Client, name)

        def hears(client: aiomqtt.Client, *args: object) -> None:
            heard(client, *args)
            if running:
                running.pop().cancel()

        return hears

    async with brokers() as port:
        for callback in ("_on_subscribe", "_on_publish"):
            with monkeypatch.context() as patched:
                patched.setattr(aiomqtt.Client, callback, cancels(callback))
                task = asyncio.create_task(
                    hosting.Host(Broker("127.0.0.1", port), {("plant", "line-1")}, host_id="wiadukt", told=print).run()
                )
                running.append(task)

                done, _ = await asyncio.wait([task], timeout=10)

                assert done, f"cancelled with {callback}, it listens on"
                assert task.cancelled()


async def test_a_host_ends_when_its_line_breaks_as_it_is_told_to(brokers, monkeypatch):
    async def look(_host: hosting.Host, _client: aiomqtt.Client) -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            raise aiomqtt.MqttError("the broker went at the same moment") from None

    monkeypatch.setattr(hosting.Host, "_look", look)
    async with brokers() as port:
        host = hosting.Host(Broker("127.0.0.1", port), set(), host_id="wiadukt", told=lambda: None)
        running = asyncio.create_task(host.run())
        await until(lambda: host.fault == "")
        await asyncio.sleep(0.1)
        running.cancel()

        done, _ = await asyncio.wait([running], timeout=10)

        assert done, "it takes the broken line for a reason to connect again"


async def test_what_is_no_payload_is_told_in_the_log_and_the_rest_goes_on(plant):
    async with plant() as floor, floor.node() as node:
        await floor.sees(lambda one: one.is_alive is True)

        await node.client.publish("spBv1.0/plant/DDATA/line-1/press", b"\xff\xff no protobuf")
        await node.tell("press", Count__Good=14)

        await floor.sees(lambda one: one.good == 14)
        assert floor.press.is_alive


async def state_of_host(port: int, *, online: bool | None = None) -> dict:
    """What STATE says, once it says this."""
    async with asyncio.timeout(20), aiomqtt.Client("127.0.0.1", port) as client:
        await client.subscribe("spBv1.0/STATE/wiadukt", qos=1)
        async for message in client.messages:
            said = json.loads(message.payload)
            if online is None or said["online"] is online:
                return said
    raise AssertionError("no STATE")
