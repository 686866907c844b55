"""Threads beside a test. Each has its time, and none keeps the run from ending."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from threading import Barrier, Thread
from typing import Any

from django.db import connections

LONGEST_S = 60


def at_once(*calls: Callable[[], Any], expected: type[Exception] | tuple[()] = ()) -> list[Any]:
    """Every call on a thread and connection of its own, started together: what they gave, in their order.

    An expected error stands in the place of what its call would have given; any other one is raised.
    """
    together, given = Barrier(len(calls)), [None] * len(calls)

    def run(n: int) -> None:
        try:
            together.wait(LONGEST_S)
            given[n] = calls[n]()
        except Exception as error:
            given[n] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(n,), daemon=True) for n in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        _end(thread)
    for one in given:
        if isinstance(one, Exception) and not isinstance(one, expected):
            raise one
    return given


@contextmanager
def beside(work: Callable[[], object], stop: Callable[[], object]) -> Iterator[None]:
    """`work` goes on for the length of a block, then `stop` tells it to end, and it does."""
    thread = Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop()
        _end(thread)


@contextmanager
def event_loop() -> Iterator[Callable[[Coroutine[Any, Any, Any]], Any]]:
    """Does on a loop of its own what it is given, and gives what came of it. What is left there ends with the block."""
    loop = asyncio.new_event_loop()

    def do(work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(LONGEST_S)

    with beside(loop.run_forever, lambda: loop.call_soon_threadsafe(loop.stop)):
        try:
            yield do
        finally:
            do(_end_tasks())
    loop.close()


async def _end_tasks() -> None:
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


def _end(thread: Thread) -> None:
    thread.join(LONGEST_S)
    assert not thread.is_alive(), f"it still runs after {LONGEST_S} s"
