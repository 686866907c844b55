"""One trace from the caller to whoever is called next, by the rules of W3C Trace Context."""

import httpx
import pytest
import structlog

from wiadukt.runtime import trace

TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
CALLER = f"00-{TRACE_ID}-00f067aa0ba902b7-01"


def test_whoever_is_called_goes_on_in_the_callers_trace_as_a_span_of_its_own():
    with trace.going_on(CALLER):
        handed_on = trace.traceparent()

    assert trace.trace_id_of(handed_on) == TRACE_ID
    assert handed_on != CALLER


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rubbish",
        CALLER.upper(),
        f"ff-{TRACE_ID}-00f067aa0ba902b7-01",
        f"00-{'0' * 32}-00f067aa0ba902b7-01",
        f"00-{TRACE_ID}-{'0' * 16}-01",
        f"00-{TRACE_ID[:-1]}-00f067aa0ba902b7-01",
        f"{CALLER}\n",
    ],
)
def test_what_is_no_traceparent_begins_a_new_trace(text):
    with trace.going_on(text) as trace_id:
        assert trace.trace_id_of(trace.traceparent()) == trace_id
        assert trace_id != TRACE_ID


def test_a_later_version_of_the_standard_is_understood_as_far_as_we_know_it():
    assert trace.trace_id_of(f"cc-{TRACE_ID}-00f067aa0ba902b7-01-what.comes") == TRACE_ID


def test_a_trace_ends_with_its_block_and_the_outer_one_goes_on():
    with trace.going_on() as outer:
        with trace.going_on(CALLER):
            assert structlog.contextvars.get_contextvars()["trace_id"] == TRACE_ID
        assert structlog.contextvars.get_contextvars()["trace_id"] == outer
    assert "trace_id" not in structlog.contextvars.get_contextvars()


def test_a_call_carries_the_trace():
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, text=request.headers["traceparent"])

    client = httpx.Client(transport=httpx.MockTransport(answer), event_hooks={"request": [trace.hand_on]})
    with client, trace.going_on(CALLER):
        assert trace.trace_id_of(client.get("http://there/").text) == TRACE_ID
