"""Work that ends when it is told to, whatever stands inside."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")
ASK_AGAIN_S = 5.0
"""Longer than what is inside may need for its farewell to one who answers."""


async def contained(work: Coroutine[Any, Any, T]) -> T:
    """Runs it in a task of its own; when we are cancelled, so is it, again and again until it has ended.

    A single cancellation can get lost on the way: before Python 3.12 `asyncio.wait_for` (in libraries, too) drops one
    that comes together with what was waited for, and before 3.13 a TaskGroup tells of its child's error instead, when
    both come together. A loop that connects again after every failure would then go on for ever.
    """
    task = asyncio.create_task(work)
    try:
        await asyncio.wait([task])
    except asyncio.CancelledError:
        while not task.done():
            task.cancel()
            with suppress(asyncio.CancelledError):  # we are told again: so is the work, and we wait as before
                await asyncio.wait([task], timeout=ASK_AGAIN_S)
        if not task.cancelled():
            task.exception()  # it is told to nobody: we were going anyway
        raise
    return task.result()
