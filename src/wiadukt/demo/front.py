"""What stands before the connector where its address speaks TLS: takes the encryption off and hands the rest on."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from pathlib import Path

CHUNK = 65536


async def run(port: int, target: int, certificate: Path) -> None:
    """Serves `port` by the certificate and key of this file, until it is cancelled."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", target)
            async with asyncio.TaskGroup() as ways:
                ways.create_task(_carry(reader, inner_writer))
                ways.create_task(_carry(inner_reader, writer))
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", port, ssl=context) as server:
        await server.serve_forever()


async def _carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await source.read(CHUNK):
            sink.write(data)
            await sink.drain()
    with contextlib.suppress(OSError):
        sink.close()
