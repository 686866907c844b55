"""What production makes of the connector's answer to a report."""

from __future__ import annotations

import httpx
import pytest

from wiadukt.production.reporter import read_answer

PROBLEM = {"title": "Zamówienie jest anulowane.", "detail": "Otwórz je w WAPRO.", "status": 422, "code": "cancelled"}


@pytest.mark.parametrize("status", [400, 404, 409, 422])
def test_a_refusal_with_a_reason_is_final_and_keeps_the_reason(status):
    answer = read_answer(httpx.Response(status, json=PROBLEM))

    assert (answer.state, answer.code, answer.title, answer.detail) == (
        "rejected",
        "cancelled",
        PROBLEM["title"],
        PROBLEM["detail"],
    )


@pytest.mark.parametrize("status", [404, 409, 422])
def test_an_order_not_yet_in_the_erp_is_only_early(status):
    assert read_answer(httpx.Response(status, json={**PROBLEM, "code": "order_unknown"})).state == "waiting"


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_an_outage_never_rejects(status):
    assert read_answer(httpx.Response(status, json=PROBLEM)).state == "waiting"
    assert read_answer(httpx.Response(status, text="<html>")).state == "waiting"


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 408, 422, 429])
def test_without_a_reason_nothing_is_final(status):
    assert read_answer(httpx.Response(status, text="no")).state == "waiting"


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_token_that_is_not_known_waits_for_the_administrator(status):
    assert read_answer(httpx.Response(status, json=PROBLEM)).state == "waiting"


def test_204_is_sent():
    assert read_answer(httpx.Response(204)).state == "sent"
