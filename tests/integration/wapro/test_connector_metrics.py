"""What the connector tells a machine: its queue as it stands, capture, what keeps it from work; and traces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from factories.serving import served
from factories.wapro import TOKEN, placed, settings_for
from prometheus_client.parser import text_string_to_metric_families
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from wiadukt.runtime import trace
from wiadukt.runtime.management import Management
from wiadukt.wapro.install import uninstall
from wiadukt.wapro.main import create_app

TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
CALLER = f"00-{TRACE_ID}-00f067aa0ba902b7-01"


@dataclass(frozen=True)
class App:
    http: httpx.Client
    management: Management


@pytest.fixture
def app(base) -> Iterator[App]:
    app = create_app(settings_for(base))
    with served(app) as where, httpx.Client(base_url=where, headers=HEADERS, trust_env=False) as client:
        yield App(client, app.state.management)


def told(app: App) -> dict[tuple[str, str], float]:
    """Values by name and by what the only label says."""
    text = app.management.metrics().decode()
    return {
        (one.name, "".join(one.labels.values())): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def test_the_queue_is_told_as_it_stands_with_its_oldest_change(app, office, dispatcher, shop):
    office.article("FR-1")
    office.article("FR-2")
    office.run("UPDATE wiadukt.kolejka SET utworzono = %s WHERE id_obiektu = 'FR-1'", office.moment(-90))

    before = told(app)
    dispatcher().step()

    assert before["wiadukt_connector_queue_objects", "accepted"] == 2
    assert 90 <= before["wiadukt_connector_queue_oldest_seconds", ""] < 150
    after = told(app)
    assert after["wiadukt_connector_queue_objects", "accepted"] == 0
    assert after["wiadukt_connector_queue_oldest_seconds", ""] == 0
    assert (
        after["wiadukt_connector_events_total", "sent"] - before.get(("wiadukt_connector_events_total", "sent"), 0) == 2
    )
    assert after["wiadukt_connector_capture", "unknown"] == 1


def test_it_is_ready_until_a_table_of_ours_is_missing(app, engine):
    management = app.management
    assert management.missing() == []

    uninstall(engine)

    (missing,) = management.missing()
    assert "kolejka" in missing
    assert "wiadukt connector install" in missing


def test_a_base_that_does_not_answer_is_not_ready(base):
    away = create_app(settings_for(_elsewhere(base))).state.management

    assert away.missing() != []
    assert b"wiadukt_base_up 0.0" in away.metrics()


def _elsewhere(base: str) -> str:
    head, _, tail = base.partition("?")
    return f"{head}_that_is_not_there?{tail}"


def test_an_order_in_wapro_is_logged_with_the_trace_of_its_caller(app, office, eventually):
    buyer = office.contractor()
    office.article("FR-1")
    order = placed(buyer, {"product_id": "FR-1"})

    with capture_logs(processors=[merge_contextvars]) as lines:
        answer = app.http.put(
            f"/v1/orders/{order.number}", content=order.model_dump_json(), headers={"traceparent": CALLER}
        )
        eventually(lambda: any(line["event"] == "request" for line in list(lines)))  # written after its answer

    (line,) = (line for line in lines if line["event"] == "order_in_wapro")
    assert (line["trace_id"], line["order"]) == (TRACE_ID, order.number)
    assert line["erp_id"] == answer.json()["id"]
    (request,) = (line for line in lines if line["event"] == "request")
    assert (request["trace_id"], request["route"], request["status"]) == (TRACE_ID, "/v1/orders/{number}", 201)


def test_requests_are_counted_by_route_and_never_by_path(app):
    app.http.get("/v1/customers/ids")
    app.http.get("/v1/orders/digests/7")
    app.http.get("/somewhere/invented")
    app.http.request("INVENTED", "/healthz")

    text = app.management.metrics().decode()

    assert "digests/{" in text
    assert "invented" not in text
    assert "INVENTED" not in text


def test_a_batch_of_events_is_a_trace(office, dispatcher, shop):
    office.article("FR-1")

    with capture_logs(processors=[merge_contextvars]) as lines:
        dispatcher().step()

    (line,) = (line for line in lines if line["event"] == "events_sent")
    assert trace.trace_id_of(shop.traceparents[0]) == line["trace_id"]
