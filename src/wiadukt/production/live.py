"""Tells the screens when something changed: one listener at the base, however many screens are open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import psycopg
import structlog

TOGETHER_S = 0.25
"""Changes within this time after one are told together."""
QUIET_S = 15.0
log = structlog.get_logger()


class Live:
    """Runs while `run` does; `changes` is what one screen hears."""

    def __init__(self, database_url: str) -> None:
        self.database_url = database_url
        self._news = asyncio.Event()
        self._is_over = False

    async def run(self) -> None:
        """Listens until it is cancelled, again after the base was away."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self.database_url, autocommit=True) as connection:
                    await connection.execute("LISTEN floor")
                    self.ring()  # something may have changed while nobody listened
                    async for _notice in connection.notifies():
                        self.ring()
            except psycopg.OperationalError as error:
                log.warning("database_unreachable", error=str(error))
                await asyncio.sleep(1)

    async def changes(self) -> AsyncIterator[str]:
        """Server-sent events: one after every change, and a comment now and then so that a dead line is noticed."""
        yield "retry: 2000\n\n"
        news = self._news
        while not self._is_over:
            try:
                async with asyncio.timeout(QUIET_S):
                    await news.wait()
            except TimeoutError:
                yield ": still here\n\n"
                continue
            news = self._news  # the first change is told at once; what follows soon rings this one
            yield "data: changed\n\n"
            await asyncio.sleep(TOGETHER_S)

    def end(self) -> None:
        """The process ends: no screen is to be waited for. Each connects again when the next one is there."""
        self._is_over = True
        self.ring()

    def ring(self) -> None:
        """Something changed that stands in no table."""
        self._news.set()
        self._news = asyncio.Event()
