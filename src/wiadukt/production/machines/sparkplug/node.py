"""A reference edge node with devices, against which a host can be tested; the demo's edge bander tells through one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack, suppress

import aiomqtt

from wiadukt.production.machines.mqtt.line import Broker
from wiadukt.production.machines.sparkplug.host import NAMESPACE
from wiadukt.production.machines.sparkplug.payload import BD_SEQ, REBIRTH, DataType, Metric, Value, decode, encode


class EdgeNode:
    """One edge node, as an async context. `devices` holds, by device, every metric it will ever send.

    `bd_seq` counts its sessions, as the standard wants: the caller keeps it from one to the next.
    """

    def __init__(
        self, broker: Broker, group: str, name: str, devices: Mapping[str, Iterable[Metric]], *, bd_seq: int = 0
    ) -> None:
        self.broker, self.group, self.name, self.bd_seq = broker, group, name, bd_seq
        self.metrics = {device: {one.name: one for one in metrics} for device, metrics in devices.items()}
        self.aliases = {pair: number for number, pair in enumerate(_pairs(self.metrics), start=1)}
        self.births = 0
        self._seq = 0
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> EdgeNode:
        will = aiomqtt.Will(self._topic("NDEATH"), encode([self._bd_seq_metric()], timestamp=_now()), qos=1)
        self.client = await self._stack.enter_async_context(self.broker.client(f"edge-{self.group}-{self.name}", will))
        await self.client.subscribe(self._topic("NCMD"), qos=1)
        self._listening = asyncio.create_task(self._listen(), name=f"edge-{self.name}")
        await self.be_born()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        """Says its death before it goes, as an intended disconnect wants."""
        with suppress(aiomqtt.MqttError):
            await self._publish("NDEATH", "", [self._bd_seq_metric()], has_seq=False)
        await self.cut_off()

    async def cut_off(self) -> None:
        """Ends without a word."""
        self._listening.cancel()
        with suppress(asyncio.CancelledError, aiomqtt.MqttError):
            await self._listening
        with suppress(aiomqtt.MqttError):
            await self._stack.aclose()

    async def be_born(self) -> None:
        """The birth of the node, then of each device."""
        self._seq = 0
        self.births += 1
        own = [self._bd_seq_metric(), Metric(REBIRTH, False, DataType.BOOLEAN)]
        await self._publish("NBIRTH", "", own)
        for device, metrics in self.metrics.items():
            named = [
                Metric(one.name, one.value, one.datatype, self.aliases[device, one.name]) for one in metrics.values()
            ]
            await self._publish("DBIRTH", device, named)

    async def tell(self, device: str, **changes: Value) -> None:
        """Data by alias alone, of what changed; the names are the metrics', with `__` for a slash."""
        said = []
        for name, value in changes.items():
            known = self.metrics[device][name.replace("__", "/")]
            if value != known.value:
                self.metrics[device][known.name] = Metric(known.name, value, known.datatype)
                said.append(Metric("", value, known.datatype, self.aliases[device, known.name]))
        if said:
            await self._publish("DDATA", device, said)

    async def die(self, device: str) -> None:
        """The device is off; the node goes on."""
        await self._publish("DDEATH", device, [])

    def skip(self) -> None:
        """As if a message had been lost on its way."""
        self._seq = (self._seq + 1) % 256

    async def _listen(self) -> None:
        async for message in self.client.messages:
            if decode(bytes(message.payload or b"")).value_of(REBIRTH) is True:
                await self.be_born()

    async def _publish(self, kind: str, device: str, metrics: list[Metric], *, has_seq: bool = True) -> None:
        seq = self._seq if has_seq else None
        if has_seq:
            self._seq = (self._seq + 1) % 256
        await self.client.publish(self._topic(kind, device), encode(metrics, timestamp=_now(), seq=seq), qos=0)

    def _bd_seq_metric(self) -> Metric:
        return Metric(BD_SEQ, self.bd_seq, DataType.INT64)

    def _topic(self, kind: str, device: str = "") -> str:
        return "/".join((NAMESPACE, self.group, kind, self.name, *([device] if device else [])))


def _pairs(metrics: Mapping[str, Mapping[str, Metric]]) -> Iterable[tuple[str, str]]:
    return ((device, name) for device, named in metrics.items() for name in named)


def _now() -> int:
    return int(time.time() * 1000)
