"""Steps of a trace reach an OpenTelemetry collector when somebody asks for it, and cost nothing when nobody does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from factories.serving import Neighbour, answering
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

TRACE_ID, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
PROCESS = f"""
import asyncio
from wiadukt.runtime import spans, trace
from wiadukt.runtime.observed import Observed

spans.configure(process="shop")

async def shop(scope, receive, send):
    scope["route"] = type("Route", (), {{"path": "/orders/{{number}}"}})
    with trace.going_on(trace.traceparent(), "message order_placed"):
        trace.named("message order_placed", failed=True, key="WD-1")
    await send({{"type": "http.response.start", "status": 201}})

async def nothing(*_):
    pass

headers = [(b"traceparent", b"00-{TRACE_ID}-{CALLER}-01")]
scope = {{"type": "http", "method": "PUT", "path": "/orders/WD-1", "headers": headers}}
asyncio.run(Observed(shop)(scope, nothing, nothing))

async def broken(scope, receive, send):
    await send({{"type": "http.response.start", "status": 503}})

asyncio.run(Observed(broken)({{"type": "http", "method": "GET", "path": "/x", "headers": []}}, nothing, nothing))
import sys
print("opentelemetry.sdk" in sys.modules)
"""


@pytest.fixture
def collector() -> Iterator[tuple[str, list[ExportTraceServiceRequest]]]:
    got: list[ExportTraceServiceRequest] = []

    class Collector(Neighbour):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            got.append(ExportTraceServiceRequest.FromString(self.body()))
            self.answer(200)

    with answering(Collector) as where:
        yield where, got


def run(**env: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OTEL_")}
    return subprocess.run([sys.executable, "-c", PROCESS], env=kept | env, capture_output=True, text=True, timeout=60)


def test_each_step_comes_with_its_trace_what_went_before_and_whether_it_failed(collector):
    where, got = collector

    done = run(OTEL_EXPORTER_OTLP_ENDPOINT=where)

    assert done.returncode == 0, done.stderr
    (told,) = (resource for request in got for resource in request.resource_spans)
    names = {one.key: one.value.string_value for one in told.resource.attributes}
    assert names["service.name"] == "wiadukt-shop"
    spans = {span.name: span for scope in told.scope_spans for span in scope.spans}
    click, message = spans["PUT /orders/{number}"], spans["message order_placed"]
    assert {click.trace_id.hex(), message.trace_id.hex()} == {TRACE_ID}
    assert (click.parent_span_id.hex(), message.parent_span_id) == (CALLER, click.span_id)
    assert click.start_time_unix_nano <= message.start_time_unix_nano <= message.end_time_unix_nano
    assert (click.kind, click.status.code, message.status.code) == (2, 0, 2)
    assert spans["GET other"].status.code == 2, "an answer of 5xx is a failure"
    assert spans["GET other"].trace_id != click.trace_id
    assert {one.key: one.value.string_value for one in message.attributes} == {"wiadukt.key": "WD-1"}


def test_a_collector_that_is_away_costs_nothing_but_spans():
    done = run(OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:1", OTEL_EXPORTER_OTLP_TIMEOUT="1")

    assert done.returncode == 0, done.stderr


def test_without_an_address_nothing_of_it_is_loaded():
    done = run()

    assert done.stdout.splitlines()[-1] == "False", done.stderr
