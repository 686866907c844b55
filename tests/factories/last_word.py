"""A program that dies after its base has committed and before it can say so: the moment that idempotency is for."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

CHUNK = 65536


class LastWord:
    """Carries a program's connections to PostgreSQL, and keeps one word back: that a commit was done.

    Only the commit of a connection that has named `marker` counts; when the base has answered it, `then` is called and
    nothing more is passed on. `url` is the base's address through here. `happened` is set after `then`.
    """

    def __init__(self, base_url: str, marker: str, then: Callable[[], None]) -> None:
        parts = urlsplit(base_url)
        self.path = f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.{parts.port or 5432}"
        self.marker, self.then = marker.encode(), then
        self.happened = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"postgresql://postgres@127.0.0.1:{self.listener.getsockname()[1]}{parts.path}?sslmode=disable"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _where = self.listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self.path)
                threading.Thread(target=self._carry, args=(client, server), daemon=True).start()

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        committing = threading.Event()
        back = threading.Thread(target=self._answer, args=(client, server, committing), daemon=True)
        back.start()
        named = False
        with contextlib.suppress(OSError):
            while said := client.recv(CHUNK):
                named = named or self.marker in said
                if named and b"COMMIT" in said.upper():
                    committing.set()
                server.sendall(said)
        _hang_up(server)
        back.join()
        client.close()
        server.close()

    def _answer(self, client: socket.socket, server: socket.socket, committing: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while answer := server.recv(CHUNK):
                if committing.is_set() and b"COMMIT" in answer:
                    self.then()
                    self.happened.set()
                    break
                client.sendall(answer)
        _hang_up(client)


def _hang_up(line: socket.socket) -> None:
    """Whoever waits at either end hears that it is over; a mere close would leave our own thread waiting."""
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


@contextmanager
def last_word(base_url: str, marker: str, then: Callable[[], None]) -> Iterator[LastWord]:
    """For the length of a block; connections that are still open end with their program."""
    between = LastWord(base_url, marker, then)
    try:
        yield between
    finally:
        between.listener.close()
