"""Our end of one Sparkplug broker: hears what the plant's edge nodes tell, and asks for births where they lack.

With a `host_id` we are the plant's primary host and say so by STATE (3.0, chapter 5.5), with a last will; without one
we only listen, and another host may be the primary one.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from uuid import uuid4

import aiomqtt
import structlog

from wiadukt.production.machines.mqtt.line import Broker
from wiadukt.production.machines.sparkplug.edge import Edge
from wiadukt.production.machines.sparkplug.payload import REBIRTH, DataType, Metric, Unreadable, decode, encode
from wiadukt.runtime import backoff, clock
from wiadukt.runtime.contained import contained

NAMESPACE = "spBv1.0"
LOOK_EVERY_S = 0.5
ASK_EVERY_S = 5.0
LONGEST_PAUSE_S = 30.0
log = structlog.get_logger()


class Host:
    """Runs while `run` does. `edges` by group and name of the edge node; `fault` says why the broker is away."""

    def __init__(self, broker: Broker, nodes: set[tuple[str, str]], *, host_id: str, told: Callable[[], None]) -> None:
        self.broker, self.host_id, self.told = broker, host_id, told
        self.edges: Mapping[tuple[str, str], Edge] = {node: Edge() for node in nodes}
        self.fault = "not yet"
        self._asked_at: dict[tuple[str, str], float] = {}

    async def run(self) -> None:
        """Listens until it is cancelled, again after the broker was away."""
        failures = 0
        while True:
            try:
                await contained(self._listen())
                why = "the connection ended"
            except* (aiomqtt.MqttError, OSError, TimeoutError) as errors:
                why = str(errors.exceptions[0])
            failures = 1 if self.fault == "" else failures + 1
            self.fault = f"{self.broker.name}: {why}"
            log.warning("sparkplug_broker_unreachable", broker=self.broker.name, cause=why)
            for edge in self.edges.values():
                edge.forget()
            self.told()
            await asyncio.sleep(backoff.delay(failures, cap_s=LONGEST_PAUSE_S).total_seconds())

    async def _listen(self) -> None:
        born_at = int(time.time() * 1000)
        will = aiomqtt.Will(self._state_topic, self._state(born_at, online=False), qos=1, retain=True)
        client = self.broker.client(f"wiadukt-{uuid4().hex[:12]}", will if self.host_id else None)
        async with client:
            try:
                await self._serve(client, born_at)
            finally:
                # Also when we are ended in the middle of saying that we are here: a farewell drops our will.
                if self.host_id:  # a broker that is away says it for us: it is our will
                    with suppress(aiomqtt.MqttError):
                        await client.publish(self._state_topic, self._state(born_at, online=False), qos=1, retain=True)

    async def _serve(self, client: aiomqtt.Client, born_at: int) -> None:
        for group, node in self.edges:
            await client.subscribe(f"{NAMESPACE}/{group}/+/{node}/#", qos=1)
        if self.host_id:
            await client.subscribe(self._state_topic, qos=1)
            await client.publish(self._state_topic, self._state(born_at, online=True), qos=1, retain=True)
        self.fault = ""
        self._asked_at.clear()
        for edge in self.edges.values():
            edge.forget()  # births are not retained: whoever was born before us is asked
        async with asyncio.TaskGroup() as tasks:
            looking = tasks.create_task(self._look(client))
            async for message in client.messages:
                await self._take(client, message.topic.value, bytes(message.payload or b""), born_at)
            looking.cancel()

    async def _take(self, client: aiomqtt.Client, topic: str, content: bytes, born_at: int) -> None:
        if topic == self._state_topic:
            if not _is_online(content):  # another process of ours, or our last session, went: we are still here
                await client.publish(self._state_topic, self._state(born_at, online=True), qos=1, retain=True)
            return
        _namespace, group, kind, node, *rest = topic.split("/")
        edge = self.edges.get((group, node))
        if edge is None or kind in ("NCMD", "DCMD"):
            return
        try:
            edge.take(kind, "/".join(rest), decode(content), clock.now())
        except Unreadable as error:
            log.warning("sparkplug_unreadable", topic=topic, error=str(error))
        self.told()

    async def _look(self, client: aiomqtt.Client) -> None:
        while True:
            for node, edge in self.edges.items():
                edge.look(clock.now())
                if edge.wants_rebirth and time.monotonic() - self._asked_at.get(node, -ASK_EVERY_S) >= ASK_EVERY_S:
                    await self._ask(client, node)
            await asyncio.sleep(LOOK_EVERY_S)

    async def _ask(self, client: aiomqtt.Client, node: tuple[str, str]) -> None:
        self._asked_at[node] = time.monotonic()
        group, name = node
        content = encode([Metric(REBIRTH, True, DataType.BOOLEAN)], timestamp=int(time.time() * 1000))
        await client.publish(f"{NAMESPACE}/{group}/NCMD/{name}", content, qos=0)
        log.info("sparkplug_rebirth_asked", group=group, node=name)

    @property
    def _state_topic(self) -> str:
        return f"{NAMESPACE}/STATE/{self.host_id}"

    def _state(self, timestamp: int, *, online: bool) -> str:
        return json.dumps({"online": online, "timestamp": timestamp})


def _is_online(content: bytes) -> bool:
    try:
        return json.loads(content)["online"] is True
    except (ValueError, TypeError, KeyError):
        return False
