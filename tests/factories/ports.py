"""Ports for servers that must be told theirs: nobody else gets one between the choice and the start.

They lie below the range out of which the system serves whoever asks for any port, and each run has some of its own.
"""

from __future__ import annotations

import fcntl
import itertools
import socket
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO

BASES = range(11000, 21000, 200)


def free_port() -> int:
    _lock, own = _own()
    return next(port for port in own if _is_free(port))


@cache
def _own() -> tuple[IO[str], Iterator[int]]:
    """Those of this run, round and round. The lock, which goes with the run, tells others to take other ones."""
    for base in BASES:
        lock = claimed(base)
        if lock:
            return lock, itertools.cycle(range(base, base + BASES.step))
    raise RuntimeError("no ports are left")


def claimed(base: int) -> IO[str] | None:
    """What keeps the ports from this one on for us until it is closed; nothing when another run has them."""
    lock = (Path(tempfile.gettempdir()) / f"wiadukt-ports-{base}.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    return lock


def _is_free(port: int) -> bool:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one that only waits for its end is free
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
