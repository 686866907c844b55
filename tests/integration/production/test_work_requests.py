"""Promises of the door where the shop's orders come in."""

from __future__ import annotations

import httpx
from factories.threads import at_once

PROBLEM = "application/problem+json"


def test_a_request_sent_twice_makes_one_set_of_job_orders(production, request_of):
    request = request_of("10", "4")

    first, second = production.send(request), production.send(request)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["created"] is True
    assert second.json() == {**first.json(), "created": False}
    jobs = production.api.get("/v1/job-orders", params={"limit": 500}).json()
    mine = [job["id"] for job in jobs if job["order_number"] == request["order_number"]]
    assert mine == first.json()["job_order_ids"] == [job["id"] for job in request["job_orders"]]


def test_a_request_sent_by_many_at_once_makes_one_set(production, request_of):
    request = request_of("1")

    answers = at_once(*[lambda: production.send(request)] * 8)

    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]


def test_a_quantity_written_otherwise_is_still_the_same_request(production, request_of):
    request = request_of("10")
    production.send(request)
    request["job_orders"][0]["quantity"] = "10.000"

    assert production.send(request).status_code == 200


def test_another_content_replaces_the_request_while_nothing_is_done(production, request_of):
    request = request_of("10")
    production.send(request)
    request["job_orders"][0]["quantity"] = "12"

    answer = production.send(request)

    assert answer.status_code == 200
    assert float(production.job(request["job_orders"][0]["id"])["quantity"]) == 12


def test_a_bad_token_is_refused(production, request_of):
    request = request_of()

    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic c2hvcDpzaG9wLXRva2Vu"}):
        answer = httpx.put(f"{production.url}/v1/work-requests/X", json=request, headers=headers, trust_env=False)
        assert answer.status_code == 401
        assert answer.headers["content-type"] == PROBLEM
        assert answer.json()["code"] == "unauthorised"


def test_a_request_under_a_foreign_address_is_refused(production, request_of):
    answer = production.api.put("/v1/work-requests/WD-1", json=request_of())

    assert (answer.status_code, answer.json()["code"]) == (422, "order_number_mismatch")


def test_a_job_orders_number_is_never_shared(production, request_of):
    mine, other, twice = request_of(), request_of(), request_of("1", "2")
    production.send(mine)
    other["job_orders"][0]["id"] = mine["job_orders"][0]["id"]
    twice["job_orders"][1]["id"] = twice["job_orders"][0]["id"]

    assert production.send(other).json()["code"] == "job_id_taken"
    assert production.send(twice).json()["code"] == "job_id_repeated"


def test_a_request_that_does_not_fit_names_the_field(production, request_of):
    request = request_of("-1")

    answer = production.send(request)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == PROBLEM
    assert (answer.json()["code"], answer.json()["field"]) == ("invalid_request", "job_orders.0.quantity")
    assert "job_orders.0.quantity: nie jest większe niż 0, wpisz więcej" in answer.json()["title"]


def test_job_orders_are_listed_by_state_and_page_by_page(production, request_of):
    request = request_of("1", "2", "3")
    production.send(request)
    ids = [job["id"] for job in request["job_orders"]]

    page = production.api.get("/v1/job-orders", params={"state": "Waiting", "after": ids[0], "limit": 2}).json()

    assert [job["id"] for job in page] == ids[1:]
    completed = production.api.get("/v1/job-orders", params={"state": "Completed", "limit": 500}).json()
    assert not {job["id"] for job in completed} & set(ids)
    assert production.api.get("/v1/job-orders/nothing").json()["code"] == "job_not_here"


def _cancel(production, request):
    number = request["order_number"]
    return production.api.put(f"/v1/work-requests/{number}/cancellation", json={"number": number}).json()


def test_an_order_that_nobody_has_begun_is_cancelled_and_stays_so(production, request_of):
    request = request_of("10", "4")
    production.send(request)

    first, second = _cancel(production, request), _cancel(production, request)
    again = production.send(request)

    assert first["cancelled"]
    assert first == second
    assert again.json()["created"] is False
    assert [production.job(job["id"])["state"] for job in request["job_orders"]] == ["Cancelled", "Cancelled"]


def test_an_order_that_was_begun_is_not_cancelled_in_part(production, request_of):
    request = request_of("10", "4")
    production.send(request)
    production.tap(request["job_orders"][1]["id"], "start")

    answer = _cancel(production, request)

    assert (answer["cancelled"], answer["reason"]) == (False, "in_production")
    assert [production.job(job["id"])["state"] for job in request["job_orders"]] == ["Waiting", "Running"]


def _give_way(production, request, to):
    number = request["order_number"]
    wish = {"number": number, "in_favour_of": to}
    return production.api.put(f"/v1/work-requests/{number}/cancellation", json=wish).json()


def _reinstate(production, request, instead_of):
    number = request["order_number"]
    wish = {"number": number, "instead_of": instead_of}
    return production.api.put(f"/v1/work-requests/{number}/reinstatement", json=wish).status_code


def _states(production, request):
    return [production.job(job["id"])["state"] for job in request["job_orders"]]


def test_an_order_whose_place_the_changed_one_does_not_take_is_made_after_all(production, request_of):
    request = request_of("10", "4")
    production.send(request)
    assert _give_way(production, request, "WD-1.2")["cancelled"]

    assert _reinstate(production, request, "WD-1.2") == 204

    assert _states(production, request) == ["Waiting", "Waiting"]
    production.tap(request["job_orders"][0]["id"], "start")
    assert _reinstate(production, request, "WD-1.2") == 204, "a repeat is answered"
    assert _states(production, request) == ["Running", "Waiting"], "and changes nothing"


def test_a_late_repeat_of_giving_way_does_not_stop_what_was_reinstated(production, request_of):
    request = request_of("10")
    production.send(request)
    _give_way(production, request, "WD-1.2")
    _reinstate(production, request, "WD-1.2")

    late = _give_way(production, request, "WD-1.2")
    stood = _states(production, request)
    anew = _give_way(production, request, "WD-1.3")

    assert (late["cancelled"], late["reason"]) == (False, "office")
    assert stood == ["Waiting"]
    assert anew["cancelled"], "another change is another wish"
    _reinstate(production, request, "WD-1.2")
    assert _states(production, request) == ["Cancelled"], "a late repeat of the first word revives nothing"


def test_what_was_begun_does_not_give_way(production, request_of):
    request = request_of("10", "4")
    production.send(request)
    production.tap(request["job_orders"][1]["id"], "start")

    answer = _give_way(production, request, "WD-1.2")

    assert (answer["cancelled"], answer["reason"]) == (False, "in_production")
    assert _states(production, request) == ["Waiting", "Running"]
