"""Ports for servers that must be told theirs: nobody else gets one between the choice and the start.

They lie below the range out of which the system serves whoever asks for any port, and each run has some of its own.
"""

from __future__ import annotations

import fcntl
import itertools
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO

BASES = range(11000, 21000, 200)
_kept: list[IO[str]] = []
"""A lock goes when its file is closed, at the latest with the run."""


def free_port() -> int:
    return next(port for port in _own() if _is_free(port))


@cache
def _own() -> Iterator[int]:
    """Those of this run, round and round."""
    for base in BASES:
        lock = _locked(base)
        if lock:
            _kept.append(lock)
            return itertools.cycle(range(base, base + BASES.step))
    raise RuntimeError("no ports are left")


@contextmanager
def claimed(base: int) -> Iterator[bool]:
    """Whether the ports from this one on are ours for the length of a block; else another run has them."""
    lock = _locked(base)
    try:
        yield lock is not None
    finally:
        if lock:
            lock.close()


def _locked(base: int) -> IO[str] | None:
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
