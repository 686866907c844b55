"""The demo's floor: a panel saw over OPC UA, an edge bander over MQTT (with the broker), a drill by files.

They really take up what they are given, make it piece by piece, make scrap now and then, and stand still now and then.
"""

from __future__ import annotations

import asyncio

from amqtt.broker import Broker as MqttBroker

from wiadukt.demo.layout import Layout, Ports
from wiadukt.production.machines.files.station import FolderStation
from wiadukt.production.machines.mqtt.line import Broker
from wiadukt.production.machines.mqtt.station import Station
from wiadukt.production.machines.mqtt.topics import Topics
from wiadukt.production.machines.opcua.receiver import Receiver
from wiadukt.production.machines.working import Pace, work

ANYBODY = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}
PREFIX = "wiadukt/v1"
PACES = {
    "saw": Pace(3, scrap_every=17, fault_every=23, fault_s=20),
    "bander": Pace(4, scrap_every=29, fault_every=31, fault_s=15),
    "drill": Pace(2.5, scrap_every=41, fault_every=37, fault_s=25),
}


async def run(layout: Layout, ports: Ports) -> None:
    """Until it is cancelled."""
    port = ports.all["mqtt"]
    broker = MqttBroker({"listeners": {"default": {"type": "tcp", "bind": f"127.0.0.1:{port}"}}, "plugins": ANYBODY})
    await broker.start()
    saw = Receiver(f"opc.tcp://127.0.0.1:{ports.all['opcua']}/saw", name="Piła panelowa")
    bander = Station(Broker("127.0.0.1", port), Topics(PREFIX, "bander"))
    try:
        async with saw, bander, FolderStation(layout.machines / "drill") as drill, asyncio.TaskGroup() as tasks:
            for name, machine in (("saw", saw), ("bander", bander), ("drill", drill)):
                tasks.create_task(work(machine, PACES[name]), name=name)
    finally:
        await broker.shutdown()
