"""Waiting for what comes by itself: until it is there, and no longer than it may take."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

LATEST_S = 15


def wait_until(condition: Callable[[], object], *, within_s: float = LATEST_S) -> None:
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)


async def until(condition: Callable[[], object], *, within_s: float = LATEST_S) -> None:
    async with asyncio.timeout(within_s):
        while not condition():
            await asyncio.sleep(0.01)
