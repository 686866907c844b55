"""Servers on a port of their own, as long as a block lasts."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import uvicorn
from factories.threads import beside
from factories.waiting import wait_until

PATIENCE_S = 30


@contextmanager
def served(app: Any, **said: Any) -> Iterator[str]:
    """Yields the address of the running application; what is `said` goes to its server."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", **said))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        wait_until(lambda: server.started or not thread.is_alive())
        if not server.started:
            raise RuntimeError("the application did not start")
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


def client_of(url: str, **said: Any) -> httpx.Client:
    """One with patience: on a busy machine an answer may take longer than any test is about."""
    return httpx.Client(base_url=url, trust_env=False, timeout=PATIENCE_S, **said)


class Neighbour(BaseHTTPRequestHandler):
    """A small real server in a neighbour's place says by `do_GET` and its like what it answers."""

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers["content-length"]))

    def answer(self, status: int, said: dict | None = None) -> None:
        text = json.dumps(said).encode() if said else b""
        self.send_response(status)
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Silent: the test says what matters."""


@contextmanager
def answering(neighbour: type[Neighbour]) -> Iterator[str]:
    """Yields its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), neighbour)
    server.daemon_threads = True
    with server, beside(lambda: server.serve_forever(0.02), server.shutdown):
        yield f"http://127.0.0.1:{server.server_port}"
