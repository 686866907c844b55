"""What goes wrong on a line of MQTT, on each broker that is installed: nothing is made twice, nothing is lost."""

from __future__ import annotations

import aiomqtt
import pytest
from factories.waiting import until

from wiadukt.contract.errors import Unreachable
from wiadukt.production.machines.mqtt.client import MqttMachine
from wiadukt.production.machines.mqtt.line import Broker
from wiadukt.production.machines.mqtt.messages import JobOrderMessage
from wiadukt.production.machines.mqtt.station import Station
from wiadukt.production.machines.mqtt.topics import ORDER, RESPONSE, Topics
from wiadukt.production.machines.port import MachineState
from wiadukt.production.refusals import Refusal

pytestmark = pytest.mark.anyio
TOPICS = Topics("test/v1", "bander")


async def test_a_machine_that_was_off_takes_up_what_it_had_not_ended_and_makes_nothing_again(brokers, job):
    async with brokers() as port:
        line = Broker("127.0.0.1", port)
        async with MqttSession(line) as (station, machine):
            for job_id in ("J-1", "J-2"):
                await machine.store(job(job_id))
                await machine.start(job_id)
            station.jobs.begin("J-1")
            station.jobs.count("J-1", good=4)
            station.jobs.finish("J-1")
            station.jobs.begin("J-2")
            station.jobs.count("J-2", good=1, scrap=1)
            await station.publish()

        async with Station(line, TOPICS) as again:
            await until(lambda: len(again.jobs.entries) == 2)
            assert [again.jobs.entries[one].good for one in ("J-1", "J-2")] == [4, 1]
            assert again.jobs.next().id == "J-2"


async def test_a_job_that_is_asked_for_while_its_machine_is_off_goes_on_there_when_it_had_begun(brokers, job):
    async with brokers() as port:
        line = Broker("127.0.0.1", port, timeout_s=1)
        async with MqttSession(line) as (station, machine):
            for job_id in ("J-1", "J-2"):
                await machine.store(job(job_id))
                await machine.start(job_id)
            station.jobs.begin("J-1")
            station.jobs.count("J-1", good=1)
            await station.publish()
            asked = [
                machine.orders[one].model_copy(update={"Version": 3, "Command": "Cancel"}) for one in ("J-1", "J-2")
            ]
        async with aiomqtt.Client("127.0.0.1", port) as other:
            for one in asked:
                await other.publish(TOPICS.of(ORDER, one.ID), one.as_json(), qos=1, retain=True)

        async with MqttSession(line) as (station, machine):
            with pytest.raises(Refusal) as refused:
                await machine.recall("J-1")
            assert await machine.recall("J-2")

            assert refused.value.code == "machine_has_begun"
            assert {one.job_id: one.good for one in await machine.report()} == {"J-1": 1}
            assert station.jobs.next().id == "J-1"
            assert machine.orders["J-1"].Command == "Start", "what stands retained is what is wanted"


async def test_an_older_message_that_comes_again_changes_nothing(brokers, job):
    async with brokers() as port:
        line = Broker("127.0.0.1", port)
        async with MqttSession(line) as (station, machine):
            await machine.store(job("J-1"))
            await machine.start("J-1")
            station.jobs.begin("J-1")
            await station.publish()
            await until(lambda: machine.responses["J-1"].JobState == "Running")
            again: JobOrderMessage = machine.orders["J-1"]
            await machine.pause("J-1")
            async with aiomqtt.Client("127.0.0.1", port) as other:
                for _time in range(2):
                    await other.publish(TOPICS.of(ORDER, "J-1"), again.model_dump_json(), qos=1)
            await machine.store(job("J-2"))  # the machine takes messages in their order, so those are behind it

            assert [(one.job_id, one.state) for one in await machine.report()] == [
                ("J-1", MachineState.HELD),
                ("J-2", MachineState.WAITING),
            ]
            assert station.jobs.entries["J-1"].arrived == 1


async def test_what_is_no_message_of_ours_changes_nothing(brokers, job):
    async with brokers() as port:
        line = Broker("127.0.0.1", port)
        async with MqttSession(line) as (station, machine):
            async with aiomqtt.Client("127.0.0.1", port) as other:
                for kind in (ORDER, RESPONSE):
                    for text in ("no json", "{}", '{"ID": "J-1", "Unknown": 1}'):
                        await other.publish(TOPICS.of(kind, "J-1"), text, qos=1)
            await machine.store(job("J-2"))

            assert [one.job_id for one in await machine.report()] == ["J-2"]
            assert list(station.jobs.entries) == ["J-2"]


async def test_a_broker_that_goes_away_is_told_as_unreachable(brokers, job):
    async with brokers() as port:
        line = Broker("127.0.0.1", port, timeout_s=2)
        station = Station(line, TOPICS)
        await station.__aenter__()
        session = MqttMachine.connected(line, TOPICS)
        machine = await session.__aenter__()
    with pytest.raises(Unreachable):
        await machine.store(job("J-1"))
    await session.__aexit__(None, None, None)
    with pytest.raises(Unreachable):
        async with MqttMachine.connected(line, TOPICS):
            pass
    await station.cut_off()


class MqttSession:
    """A machine and production's line to it."""

    def __init__(self, line: Broker) -> None:
        self.line = line

    async def __aenter__(self) -> tuple[Station, MqttMachine]:
        self.station = Station(self.line, TOPICS)
        await self.station.__aenter__()
        self.session = MqttMachine.connected(self.line, TOPICS)
        return self.station, await self.session.__aenter__()

    async def __aexit__(self, *_exc: object) -> None:
        await self.session.__aexit__(None, None, None)
        await self.station.__aexit__()
