"""What production tells a machine: job orders, reports, machines, what keeps it from work; and traces."""

import psycopg
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from wiadukt.production.gateway import ELSEWHERE
from wiadukt.production.observe import management_of
from wiadukt.production.store import work_request
from wiadukt.runtime import trace

TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
CALLER = f"00-{TRACE_ID}-00f067aa0ba902b7-01"


@pytest.fixture
def told(engine, database_url):
    lines = {"saw": "", "drill": "no route to host", "press": ELSEWHERE}
    management = management_of(engine, database_url, lambda: lines)

    def read() -> dict[tuple[str, str], float]:
        text = management.metrics().decode()
        samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
        return {(one.name, "".join(one.labels.values())): one.value for one in samples}

    read.management = management
    return read


def test_work_and_machines_are_told_as_they_are(empty, production, connector, request_of, told, eventually):
    connector.answer = lambda report: (503, None)
    request = request_of("4")
    production.send(request)
    assert told()["wiadukt_production_job_orders", "Waiting"] == 1

    production.tap(request["job_orders"][0]["id"], "start")

    now = told()
    assert now["wiadukt_production_job_orders", "Running"] == 1
    assert now["wiadukt_production_reports", "waiting"] == 1
    assert now["wiadukt_production_machine_connected", "saw"] == 1
    assert now["wiadukt_production_machine_connected", "drill"] == 0
    assert ("wiadukt_production_machine_connected", "press") not in now
    connector.answer = lambda report: (204, None)
    eventually(lambda: told()["wiadukt_production_reports", "waiting"] == 0)


def test_it_is_ready_until_its_base_is_behind_or_away(told, engine, database_url):
    assert told.management.missing() == []
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("UPDATE schema_migration SET name = 'x' WHERE name = '0004_traces.sql'")
    try:
        assert told.management.missing() == [
            "Production's base lacks 0004_traces.sql: run 'wiadukt production migrate'."
        ]
    finally:
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute("UPDATE schema_migration SET name = '0004_traces.sql' WHERE name = 'x'")
    head, _, tail = database_url.partition("?")
    away = management_of(engine, f"{head}_not_there?{tail}", dict)
    assert away.missing() == ["Production's base does not answer."]


def test_the_trace_of_an_order_goes_on_in_its_reports_to_the_erp(production, connector, request_of, engine, eventually):
    request = request_of("4")
    number = request["order_number"]
    with capture_logs(processors=[merge_contextvars]) as lines:
        production.api.put(f"/v1/work-requests/{number}", json=request, headers={"traceparent": CALLER})
        production.tap(request["job_orders"][0]["id"], "start")
        eventually(lambda: connector.reports_of(number))
        eventually(lambda: any(line["event"] == "report_sent" for line in list(lines)))

    with engine.connect() as connection:
        kept = connection.execute(
            select(work_request.c.traceparent).where(work_request.c.order_number == number)
        ).scalar_one()
    assert trace.trace_id_of(kept) == TRACE_ID
    assert [trace.trace_id_of(one) for one in connector.traceparents] == [TRACE_ID]
    by_event = {line["event"]: line["trace_id"] for line in lines if line.get("order") == number}
    assert by_event == {"work_request_taken": TRACE_ID, "report_sent": TRACE_ID}
