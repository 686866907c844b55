"""A real OPC UA machine on a thread of its own, behind a gate that can be shut: to start one takes seconds."""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import ExitStack
from typing import Any

from factories.ports import free_port
from factories.threads import event_loop

from wiadukt.production.machines.job_control import State
from wiadukt.production.machines.opcua.receiver import Receiver


class Saw:
    """A receiver; `off` and `on` cut and open the line to it, `restart` also empties its list."""

    def __init__(self, name: str, *, most: int = 4) -> None:
        self.name, self.most = name, most
        self.inner, self.port = free_port(), free_port()
        self._end = ExitStack()
        self.run = self._end.enter_context(event_loop())
        self.stored: list[str] = []
        self.lose_next_answer = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._gate: asyncio.Server | None = None
        self.receiver = Receiver(f"opc.tcp://127.0.0.1:{self.inner}/wiadukt", name=name, most=most)
        self._store = self.receiver.jobs.store
        self.receiver.jobs.store = self._noted  # type: ignore[method-assign]
        self.run(self.receiver.__aenter__())
        self.on()

    @property
    def url(self) -> str:
        return f"opc.tcp://127.0.0.1:{self.port}/wiadukt"

    @property
    def jobs(self) -> Any:
        return self.receiver.jobs

    def fresh(self) -> Saw:
        """As it was at first."""
        self.on()
        self.stored.clear()
        self.jobs.most, self.lose_next_answer = self.most, False
        self.clear()
        return self

    def clear(self) -> None:
        self.jobs.entries.clear()
        self.run(self.publish())

    def restart(self) -> None:
        """Off and on again, with an empty list."""
        self.off()
        self.clear()
        self.on()

    def on(self) -> None:
        self.run(self._open())

    def off(self) -> None:
        self.run(self.shut())

    async def shut(self) -> None:
        if self._gate is not None:
            self._gate.close()
            self._gate = None
        self._cut()

    async def publish(self) -> None:
        await self.receiver.publish()

    def do(self, what: str, job_id: str, **counts: int) -> None:
        """Something that happens at the machine itself."""

        async def act() -> None:
            getattr(self.jobs, what)(job_id, **counts)
            await self.publish()

        self.run(act())

    def begin_unseen(self, job_id: str) -> None:
        """It begins, and nothing of it has been said yet."""

        async def begin() -> None:
            self.jobs.begin(job_id)

        self.run(begin())

    def state(self, job_id: str) -> State | None:
        entry = self.jobs.entries.get(job_id)
        return entry.state if entry else None

    def close(self) -> None:
        self.off()
        self.run(self.receiver.__aexit__())
        self._end.close()  # and with it what sessions that were cut off have left behind

    def _noted(self, entry: Any) -> Any:
        self.stored.append(entry.id)
        status = self._store(entry)
        if self.lose_next_answer:
            self.lose_next_answer = False
            self._cut()
        return status

    def lose_next_answer_to(self, method: str) -> None:
        """The machine does the next one of these, and the line breaks before it can say so."""
        does = getattr(self.jobs, method)

        def do(*args: Any) -> Any:
            delattr(self.jobs, method)
            status = does(*args)
            self._cut()
            return status

        setattr(self.jobs, method, do)

    def _cut(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()

    async def _open(self) -> None:
        if self._gate is None:
            self._gate = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self.inner)
        self._writers |= {writer, inner_writer}
        await asyncio.gather(pump(reader, inner_writer), pump(inner_reader, writer))
        self._writers -= {writer, inner_writer}


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.transport.abort()
