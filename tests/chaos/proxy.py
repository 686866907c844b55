"""A TCP proxy between two processes that can misbehave on command. One event loop in a thread carries all links.

Links to PostgreSQL carry bytes and don't understand them; HTTP links know where a request and an answer end, so they
can repeat the one and lose the other.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
from dataclasses import dataclass, field

CHUNK = 65536
ANSWER_TIMEOUT_S = 5


@dataclass
class Mood:
    """How a link behaves now; probabilities are per request on HTTP links and per chunk on the others."""

    refuse: bool = False
    delay_s: float = 0.0
    cut: float = 0.0
    lose_answer: float = 0.0
    twice: float = 0.0
    late_answer_s: float = 0.0


@dataclass
class Link:
    """One listening port in front of one server: `target` is a port, or the path of a Unix socket."""

    name: str
    target: int | str
    http: bool
    rng: random.Random = field(default_factory=random.Random)
    port: int = 0
    mood: Mood = field(default_factory=Mood)
    open: set[asyncio.StreamWriter] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    def note(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def happens(self, probability: float) -> bool:
        return probability > 0 and self.rng.random() < probability

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if isinstance(self.target, str):
            return await asyncio.open_unix_connection(self.target)
        return await asyncio.open_connection("127.0.0.1", self.target)


class Cut(Exception):
    """This connection ends here, in the middle of whatever it carried."""


class Proxy:
    """All links of one world."""

    def __init__(self) -> None:
        self.links: dict[str, Link] = {}
        self.loop = asyncio.new_event_loop()
        self.servers: list[asyncio.Server] = []
        self.thread = threading.Thread(target=self.loop.run_forever, name="proxy", daemon=True)
        self.thread.start()

    def add(self, name: str, target: int | str, *, http: bool) -> Link:
        link = Link(name, target, http)

        async def listen() -> None:
            server = await asyncio.start_server(lambda r, w: self._serve(link, r, w), "127.0.0.1", 0)
            link.port = server.sockets[0].getsockname()[1]
            self.servers.append(server)

        asyncio.run_coroutine_threadsafe(listen(), self.loop).result(5)
        self.links[name] = link
        return link

    def set(self, name: str, mood: Mood) -> None:
        self.links[name].mood = mood

    def cut_open(self, name: str) -> None:
        """Ends every connection of the link at once."""
        link = self.links[name]

        def abort() -> None:
            for writer in list(link.open):
                writer.transport.abort()

        self.loop.call_soon_threadsafe(abort)

    def heal(self) -> None:
        for link in self.links.values():
            link.mood = Mood()

    def close(self) -> None:
        async def end() -> None:
            for server in self.servers:
                server.close()
            for link in self.links.values():
                for writer in list(link.open):
                    writer.transport.abort()
            rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in rest:
                task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(end(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
        self.loop.close()

    async def _serve(self, link: Link, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if link.mood.refuse:
            link.note("refused")
            writer.transport.abort()
            return
        try:
            upstream = await link.connect()
        except OSError:
            writer.transport.abort()
            return
        both = {writer, upstream[1]}
        link.open |= both
        try:
            carry = _carry_http if link.http else _carry_bytes
            await carry(link, (reader, writer), upstream)
        except (Cut, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            link.open -= both
            for one in both:
                one.transport.abort()


Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _carry_bytes(link: Link, client: Stream, server: Stream) -> None:
    async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(CHUNK):
            if link.mood.delay_s:
                await asyncio.sleep(link.rng.uniform(0, link.mood.delay_s))
            if link.happens(link.mood.cut):
                link.note("cut")
                sink.write(data[: link.rng.randrange(len(data))])
                await sink.drain()
                raise Cut
            sink.write(data)
            await sink.drain()

    tasks = [asyncio.create_task(pump(client[0], server[1])), asyncio.create_task(pump(server[0], client[1]))]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _carry_http(link: Link, client: Stream, server: Stream) -> None:
    while True:
        request = await _message(client[0])
        mood = link.mood
        if mood.refuse:
            link.note("refused")
            raise Cut
        if mood.delay_s:
            await asyncio.sleep(link.rng.uniform(0, mood.delay_s))
        if link.happens(mood.cut):
            link.note("cut")
            server[1].write(request[: link.rng.randrange(len(request))])
            await server[1].drain()
            raise Cut
        if link.happens(mood.twice):
            link.note("twice")
            await _repeat(link, request)
        server[1].write(request)
        await server[1].drain()
        if link.happens(mood.lose_answer):
            link.note("answer lost")
            if link.rng.random() < 0.7:
                async with asyncio.timeout(ANSWER_TIMEOUT_S):
                    await _message(server[0])
            raise Cut
        answer = await _message(server[0])
        if mood.late_answer_s:
            link.note("answer late")
            await asyncio.sleep(link.rng.uniform(mood.late_answer_s / 2, mood.late_answer_s))
        if link.happens(mood.cut / 2):
            link.note("answer cut")
            client[1].write(answer[: link.rng.randrange(len(answer))])
            await client[1].drain()
            raise Cut
        client[1].write(answer)
        await client[1].drain()


async def _repeat(link: Link, request: bytes) -> None:
    """The same request once more in a connection of its own: before, beside or (by its delay) after the first."""
    wait_s = link.rng.choice([None, 0.0, 0.05, 0.5])

    async def send(delay_s: float) -> None:
        await asyncio.sleep(delay_s)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError, asyncio.LimitOverrunError):
            reader, writer = await link.connect()
            try:
                writer.write(request)
                await writer.drain()
                async with asyncio.timeout(ANSWER_TIMEOUT_S):
                    await _message(reader)
            finally:
                writer.transport.abort()

    if wait_s is None:
        await send(0)
    else:
        task = asyncio.get_running_loop().create_task(send(wait_s))
        _REPEATS.add(task)
        task.add_done_callback(_REPEATS.discard)


_REPEATS: set[asyncio.Task[None]] = set()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One whole request or answer. Raises IncompleteReadError when the peer has gone."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    if any(line.startswith(b"transfer-encoding:") for line in lines):
        body = b""
        while True:
            size = await reader.readuntil(b"\r\n")
            part = await reader.readexactly(int(size, 16) + 2)
            body += size + part
            if int(size, 16) == 0:
                return head + body
    length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), 0)
    return head + await reader.readexactly(length)
