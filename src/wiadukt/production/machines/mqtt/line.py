"""One connection to a broker, for production's side and the machine's: what is retained first, then what comes."""

from __future__ import annotations

import asyncio
import ssl
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiomqtt

from wiadukt.contract.errors import Unreachable
from wiadukt.production.machines.mqtt.messages import Element
from wiadukt.production.machines.mqtt.topics import ECHO, Topics


@dataclass(frozen=True)
class Broker:
    """Where a broker is. `ca_file` turns TLS on; a client certificate is optional."""

    host: str
    port: int = 1883
    user: str = ""
    password_file: Path | None = None
    ca_file: Path | None = None
    certificate_file: Path | None = None
    key_file: Path | None = None
    timeout_s: float = 5.0

    @property
    def name(self) -> str:
        return f"mqtt://{self.host}:{self.port}"

    def client(self, identifier: str, will: aiomqtt.Will | None = None) -> aiomqtt.Client:
        context = None
        if self.ca_file:
            context = ssl.create_default_context(cafile=str(self.ca_file))
            if self.certificate_file:
                context.load_cert_chain(str(self.certificate_file), self.key_file and str(self.key_file))
        return aiomqtt.Client(
            self.host,
            self.port,
            identifier=identifier,
            username=self.user or None,
            password=self.password_file.read_text().strip() if self.password_file else None,
            tls_context=context,
            timeout=self.timeout_s,
            keepalive=15,
            will=will,
        )


class Line:
    """Made by `open_line`. `heard` counts messages, `fault` says why it is down, once it is."""

    def __init__(self, client: aiomqtt.Client, broker: Broker, topics: Topics) -> None:
        self.client, self.broker, self.topics = client, broker, topics
        self.fault = ""
        self.heard = 0
        self._news = asyncio.Event()

    async def say(self, kind: str, job_id: str, message: Element | None) -> None:
        """Published, retained, and acknowledged by the broker; None takes the retained one away."""
        payload = b"" if message is None else message.as_json().encode()
        try:
            await self.client.publish(self.topics.of(kind, job_id), payload, qos=1, retain=True)
        except aiomqtt.MqttError as error:
            raise Unreachable(f"{self.broker.name}: {error}") from error

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Waits until what came makes this true. Raises Unreachable when the line breaks, or after the time limit."""
        try:
            async with asyncio.timeout(self.broker.timeout_s):
                while not condition():
                    await self.news(self.heard)
        except TimeoutError as error:
            raise Unreachable(f"{self.broker.name}: no answer to {what}") from error

    async def news(self, since: int) -> None:
        """Waits until more was heard than then (`heard`). Raises Unreachable when the line is down."""
        while self.heard == since and not self.fault:
            await self._news.wait()
        if self.fault:
            raise Unreachable(self.fault)

    def ring(self) -> None:
        self.heard += 1
        self._news.set()
        self._news = asyncio.Event()


@asynccontextmanager
async def open_line(
    broker: Broker,
    topics: Topics,
    kinds: tuple[str, ...],
    take: Callable[[str, str, bytes], Awaitable[None] | None],
    *,
    identifier: str,
    will: tuple[str, Element] | None = None,
) -> AsyncIterator[Line]:
    """A line on which everything that was retained has been taken already. Raises Unreachable."""
    last = will and aiomqtt.Will(topics.of(will[0]), will[1].as_json(), qos=1, retain=True)
    client = broker.client(identifier, last)
    line = Line(client, broker, topics)
    echo = uuid.uuid4().hex
    heard = False

    async def listen() -> None:
        nonlocal heard
        try:
            async for message in client.messages:
                kind, job_id = topics.read(message.topic.value)
                if kind == ECHO:
                    heard = heard or job_id == echo
                else:
                    waited: Any = take(kind, job_id, bytes(message.payload or b""))
                    if waited is not None:
                        await waited
                line.ring()
            line.fault = f"{broker.name}: the connection ended"
        except aiomqtt.MqttError as error:
            line.fault = f"{broker.name}: {error}"
        finally:
            line.fault = line.fault or f"{broker.name}: the connection ended"
            line.ring()

    try:
        await client.__aenter__()
    except (aiomqtt.MqttError, OSError, TimeoutError) as error:
        raise Unreachable(f"{broker.name}: {error}") from error
    listening = asyncio.create_task(listen(), name=f"mqtt-{topics.machine}")
    try:
        try:
            for kind in kinds:
                await client.subscribe(topics.of(kind) if kind == "status" else topics.every(kind), qos=1)
            await client.subscribe(topics.of(ECHO, echo), qos=1)
            # What is retained comes before anything that is published later, so this comes last.
            await client.publish(topics.of(ECHO, echo), b"", qos=1)
        except aiomqtt.MqttError as error:
            raise Unreachable(f"{broker.name}: {error}") from error
        await line.until(lambda: heard, "the echo")
        yield line
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening
        with suppress(aiomqtt.MqttError, OSError, TimeoutError):
            await client.__aexit__(None, None, None)
