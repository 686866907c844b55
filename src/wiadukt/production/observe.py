"""What production tells a machine of itself: job orders, reports to the ERP, machines, and what keeps it from work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import psycopg
from prometheus_client import Metric
from sqlalchemy import Connection, Engine, func, select

from wiadukt.contract.states import JobState
from wiadukt.production import reporter
from wiadukt.production.gateway import ELSEWHERE
from wiadukt.production.migrate import pending
from wiadukt.production.store import job_order
from wiadukt.runtime.management import Management, gauge

OPEN = (JobState.WAITING.value, JobState.RUNNING.value, JobState.HELD.value)


def management_of(engine: Engine, database_url: str, lines: Callable[[], Mapping[str, str]]) -> Management:
    """`lines` says of each machine whether it answers: empty, or why not."""

    def gauges() -> Iterator[Metric]:
        with engine.connect() as connection:
            yield from _work(connection)
        # One that another process tends is that process's to tell.
        answering = {(machine,): float(not why) for machine, why in lines().items() if why != ELSEWHERE}
        yield gauge("wiadukt_production_machine_connected", "1 when the machine answers.", answering, ["machine"])

    return Management(lambda: _lacking(database_url), gauges)


def _work(connection: Connection) -> Iterator[Metric]:
    state = job_order.c.state
    found = connection.execute(select(state, func.count()).where(state.in_(OPEN)).group_by(state)).all()
    jobs = {(name,): 0.0 for name in OPEN} | {(name,): float(count) for name, count in found}
    yield gauge("wiadukt_production_job_orders", "Job orders that are not over, by state.", jobs, ["state"])

    reports = reporter.standing(connection)
    yield gauge(
        "wiadukt_production_reports",
        "Progress reports that wait for the ERP's connector, or that it refused.",
        {("waiting",): reports.waiting, ("rejected",): reports.rejected},
        ["state"],
    )
    about = "How long the oldest waiting progress report has waited."
    yield gauge("wiadukt_production_report_oldest_seconds", about, {(): reports.oldest_s})


def _lacking(database_url: str) -> list[str]:
    try:
        missing = pending(database_url)
    except psycopg.OperationalError:
        return ["Production's base does not answer."]
    return [f"Production's base lacks {', '.join(missing)}: run 'wiadukt production migrate'."] if missing else []
