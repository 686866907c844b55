"""MQTT brokers of one's own, and a line to one that can be cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from amqtt.broker import Broker
from factories.ports import free_port
from factories.saw import pump

from wiadukt.demo.machines import ANYBODY

BEGINS_WITHIN_S = ENDS_WITHIN_S = 10


@asynccontextmanager
async def broker() -> AsyncIterator[int]:
    """Python's own; its port."""
    port = free_port()
    bind = {"default": {"type": "tcp", "bind": f"127.0.0.1:{port}"}}
    running = Broker({"listeners": bind, "plugins": ANYBODY})
    await running.start()
    try:
        yield port
    finally:
        async with asyncio.timeout(ENDS_WITHIN_S):
            await running.shutdown()


@asynccontextmanager
async def mosquitto(folder: Path) -> AsyncIterator[int]:
    """The one that most plants run."""
    port = free_port()
    settings = folder / "mosquitto.conf"
    settings.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\n")
    quiet = asyncio.subprocess.DEVNULL
    running = await asyncio.create_subprocess_exec("mosquitto", "-c", str(settings), stdout=quiet, stderr=quiet)
    try:
        async with asyncio.timeout(BEGINS_WITHIN_S):
            await _listens(port)
        yield port
    finally:
        running.terminate()
        async with asyncio.timeout(ENDS_WITHIN_S):
            await running.wait()


async def _listens(port: int) -> None:
    while True:
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return


@asynccontextmanager
async def gate(port: int) -> AsyncIterator[tuple[int, Callable[[], None]]]:
    """A way to this port that can be cut, as when somebody pulls the plug: its own port, and what cuts it."""
    ends: set[asyncio.StreamWriter] = set()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner, inner_writer = await asyncio.open_connection("127.0.0.1", port)
        ends.update((writer, inner_writer))
        await asyncio.gather(pump(reader, inner_writer), pump(inner, writer))

    def cut() -> None:
        for one in ends:
            one.transport.abort()

    server = await asyncio.start_server(pass_on, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], cut
    finally:
        server.close()
        cut()
