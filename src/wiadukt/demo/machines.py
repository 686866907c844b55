"""The demo's floor: a panel saw over OPC UA, an edge bander over MQTT (with the broker), a drill by files.

They really take up what they are given, make it piece by piece, make scrap now and then, and stand still now and then.
The edge bander also tells how it is by Sparkplug B.
"""

from __future__ import annotations

import asyncio
import time

from amqtt.broker import Broker as MqttBroker

from wiadukt.demo.layout import Layout, Ports
from wiadukt.production.machines.files.station import FolderStation
from wiadukt.production.machines.job_control import ReturnStatus, State
from wiadukt.production.machines.job_list import Entry, JobList
from wiadukt.production.machines.mqtt.line import Broker
from wiadukt.production.machines.mqtt.station import Station
from wiadukt.production.machines.mqtt.topics import Topics
from wiadukt.production.machines.opcua.receiver import Receiver
from wiadukt.production.machines.sparkplug.node import EdgeNode
from wiadukt.production.machines.sparkplug.payload import DataType, Metric
from wiadukt.production.machines.working import Pace, work

ANYBODY = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}
PREFIX = "wiadukt/v1"
PACES = {
    "saw": Pace(3, scrap_every=17, fault_every=23, fault_s=20),
    "bander": Pace(4, scrap_every=29, fault_every=31, fault_s=15),
    "drill": Pace(2.5, scrap_every=41, fault_every=37, fault_s=25),
}


TOLD = (
    Metric("Status/State", "IDLE", DataType.STRING),
    Metric("Count/Good", 0, DataType.INT32),
    Metric("Count/Scrap", 0, DataType.INT32),
    Metric("Glue/Temperature", 195, DataType.INT32),
)
STATES = {State.RUNNING: "EXECUTE", State.INTERRUPTED: "HELD"}


class Unwilling(JobList):
    """Of a machine that takes no job order, whatever it is."""

    def store(self, entry: Entry) -> ReturnStatus:
        return ReturnStatus.INVALID_REQUEST


async def run(layout: Layout, ports: Ports, refuses: str = "") -> None:
    """Until it is cancelled. The machine `refuses`, if any, takes no job."""
    port = ports.all["mqtt"]
    broker = MqttBroker({"listeners": {"default": {"type": "tcp", "bind": f"127.0.0.1:{port}"}}, "plugins": ANYBODY})
    await broker.start()
    saw = Receiver(f"opc.tcp://127.0.0.1:{ports.all['opcua']}/saw", name="Piła panelowa")
    bander = Station(Broker("127.0.0.1", port), Topics(PREFIX, "bander"))
    node = EdgeNode(Broker("127.0.0.1", port), "wiadukt-demo", "hall-1", {"bander": TOLD}, bd_seq=int(time.time()))
    if refuses:
        {"saw": saw, "bander": bander}[refuses].jobs = Unwilling(0)
    try:
        async with saw, bander, node, FolderStation(layout.machines / "drill") as drill, asyncio.TaskGroup() as tasks:
            tasks.create_task(_tell(node, bander))
            for name, machine in (("saw", saw), ("bander", bander), ("drill", drill)):
                tasks.create_task(work(machine, PACES[name]), name=name)
    finally:
        await broker.shutdown()


async def _tell(node: EdgeNode, bander: Station) -> None:
    """What a controller tells from its own counters: totals since it was switched on, whatever the job."""
    last: dict[str, tuple[float, float]] = {}
    good = scrap = seconds = 0
    while True:
        entries = list(bander.jobs.entries.values())
        for one in entries:
            before = last.get(one.id, (0.0, 0.0))
            good, scrap = good + int(one.good - before[0]), scrap + int(one.scrap - before[1])
            last[one.id] = (one.good, one.scrap)
        state = next((STATES[one.state] for one in entries if one.state in STATES), "IDLE")
        glue = 195 + seconds // 20 % 4
        await node.tell("bander", Status__State=state, Count__Good=good, Count__Scrap=scrap, Glue__Temperature=glue)
        seconds += 1
        await asyncio.sleep(1)
