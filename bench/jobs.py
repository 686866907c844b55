"""One job an object, each doing nothing: what the queues of others cost before any work is done."""

from __future__ import annotations

import asyncio
import time

import psycopg

JOBS = 4000


def procrastinate_jobs(url: str, jobs: int = JOBS, concurrency: int = 1) -> float:
    """No-op jobs a second of one worker; one at a time is the library's default."""
    from procrastinate import App, PsycopgConnector

    app = App(connector=PsycopgConnector(conninfo=url))

    @app.task(name="nothing")
    def nothing(number: int) -> None:
        """No work at all, on a thread, as every job must be that writes through Django."""

    async def run() -> float:
        async with app.open_async():
            await app.schema_manager.apply_schema_async()
            await nothing.batch_defer_async(*({"number": n} for n in range(jobs)))
            started = time.monotonic()
            await app.run_worker_async(concurrency=concurrency, wait=False, delete_jobs="successful")
            return time.monotonic() - started

    return jobs / asyncio.run(run())


def pgqueuer_jobs(url: str, jobs: int = JOBS, batch_size: int = 1000) -> float:
    """No-op jobs a second in PgQueuer's drain mode."""
    from pgqueuer import PgQueuer, PsycopgDriver, Queries
    from pgqueuer.types import QueueExecutionMode

    async def run() -> float:
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
            driver = PsycopgDriver(connection)
            queries = Queries(driver)
            await queries.install()
            await queries.enqueue(["nothing"] * jobs, [None] * jobs, [0] * jobs)
            queue = PgQueuer(driver)

            @queue.entrypoint("nothing")
            async def nothing(job: object) -> None:
                """No work at all."""

            started = time.monotonic()
            await queue.run(mode=QueueExecutionMode.drain, batch_size=batch_size)
            return time.monotonic() - started

    return jobs / asyncio.run(run())
