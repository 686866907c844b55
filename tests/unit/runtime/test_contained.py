"""What runs contained ends with its task, though the word of it gets lost inside."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from wiadukt.runtime import contained as module
from wiadukt.runtime.contained import contained

pytestmark = pytest.mark.anyio


async def _answer() -> int:
    return 7


async def _fail() -> None:
    raise LookupError("a broken line")


async def test_it_gives_what_the_work_gave_or_raised():
    assert await contained(_answer()) == 7
    with pytest.raises(LookupError, match="a broken line"):
        await contained(_fail())


async def _go_on(begun: asyncio.Event) -> None:
    """Connects again after every failure; each line breaks as it is told to end."""
    while True:
        try:
            await contained(_line(begun))
        except* LookupError:
            await asyncio.sleep(0)


async def _line(begun: asyncio.Event) -> None:
    async def part() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            await _fail()

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(part())


async def test_a_loop_that_goes_on_after_failures_ends_when_its_line_breaks_at_that_moment():
    begun = asyncio.Event()
    task = asyncio.create_task(_go_on(begun))
    await begun.wait()
    task.cancel()

    await asyncio.wait([task], timeout=10)

    assert task.cancelled()


async def test_what_is_told_again_during_its_farewell_leaves_nothing_behind():
    begun, ended = asyncio.Event(), []

    async def slow() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            for _part in range(3):
                with contextlib.suppress(asyncio.CancelledError):
                    await asyncio.sleep(0.05)
            ended.append("farewell")

    task = asyncio.create_task(contained(contained(slow())))
    await begun.wait()
    for _time in range(2):
        task.cancel()
        await asyncio.sleep(0.01)

    await asyncio.wait([task], timeout=10)

    assert task.cancelled()
    assert ended == ["farewell"]


async def test_who_does_not_hear_is_told_again(monkeypatch):
    monkeypatch.setattr(module, "ASK_AGAIN_S", 0.05)
    heard = []

    async def deaf() -> None:
        while len(heard) < 3:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                heard.append("told")

    task = asyncio.create_task(contained(deaf()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()

    await asyncio.wait([task], timeout=10)

    assert task.cancelled()
    assert heard == ["told"] * 3
