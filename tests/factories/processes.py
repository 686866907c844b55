"""A program of ours as it is installed: a process of its own that answers over HTTP."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from factories.ports import free_port
from factories.serving import client_of
from factories.waiting import wait_until

STARTS_WITHIN_S = 60
ENDS_WITHIN_S = 20


@contextmanager
def running(part: str, token: str, **environment: str) -> Iterator[tuple[httpx.Client, subprocess.Popen]]:
    """`wiadukt PART run` until the block ends, and a client that has this token."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "wiadukt", part, "run", "--port", str(port)],
        env=os.environ | {"NO_PROXY": "127.0.0.1"} | environment,
        stderr=subprocess.DEVNULL,
    )
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with client_of(f"http://127.0.0.1:{port}", headers=headers) as client:
        try:
            wait_until(lambda: _answers(client), within_s=STARTS_WITHIN_S)
            yield client, process
        finally:
            process.terminate()
            try:
                process.wait(ENDS_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/healthz").status_code in (200, 503)
    except httpx.TransportError:
        return False
