"""Promises of the terminals: taps, counts, refusals in words."""

from __future__ import annotations

import re

import pytest
from factories.threads import at_once
from sqlalchemy import inspect

from wiadukt.production.migrate import migrate, pending
from wiadukt.production.store import metadata


@pytest.fixture
def job(production, request_of) -> str:
    request = request_of("10", due_on="2020-01-01")
    production.send(request)
    return request["job_orders"][0]["id"]


def test_a_double_tap_counts_once(production, job):
    production.tap(job, "start")

    first = production.tap(job, "good", token="same", quantity="1")
    second = production.tap(job, "good", token="same", quantity="1")

    assert first.headers["location"] == f"/terminal/{job}"
    assert second.headers["location"] == f"/terminal/{job}?repeated=1"
    assert float(production.job(job)["good"]) == 1


def test_taps_at_once_with_one_token_count_once(production, job):
    production.tap(job, "start")
    at_once(*[lambda: production.tap(job, "good", token="one", quantity="5")] * 6)

    assert float(production.job(job)["good"]) == 5


def test_the_page_gives_each_button_a_token_of_its_own(production, job):
    production.tap(job, "start")

    page = production.floor.get(f"/terminal/{job}")

    tokens = re.findall(r'name="token" value="([^"]+)"', page.text)
    assert len(tokens) == len(set(tokens)) >= 5
    assert page.headers["cache-control"] == "no-store"


def test_a_forbidden_step_is_refused_by_name_and_changes_nothing(production, job):
    before = production.job(job)

    paused = production.tap(job, "pause")
    counted = production.tap(job, "good", quantity="1")
    nameless = production.floor.post(f"/terminal/{job}/steps", data={"action": "start"})

    assert paused.status_code == 303  # a job that waits may be held
    assert (counted.status_code, nameless.status_code) == (409, 422)
    assert job in counted.text
    assert 'role="alert"' in counted.text
    assert production.job(job) == {**before, "state": "Held"}


def test_more_than_planned_is_counted_only_with_a_note(production, job):
    production.tap(job, "start")

    refused = production.tap(job, "good", quantity="11")
    confirmed = production.tap(job, "good", quantity="11", note="one spare")

    assert refused.status_code == 409
    assert 'name="note"' in refused.text
    assert confirmed.status_code == 303
    assert float(production.job(job)["good"]) == 11


def test_a_quantity_with_a_comma_is_understood(production, job):
    production.tap(job, "start")

    production.tap(job, "good", quantity="2,5")

    assert float(production.job(job)["good"]) == 2.5


def test_a_changed_request_is_refused_once_work_has_begun(production, request_of):
    request = request_of("10")
    production.send(request)
    production.tap(request["job_orders"][0]["id"], "start")
    request["job_orders"][0]["quantity"] = "12"

    answer = production.send(request)

    assert (answer.status_code, answer.json()["code"]) == (409, "request_differs")
    assert answer.json()["detail"]


def test_a_scanned_code_opens_its_job_and_an_unknown_one_says_so(production, job):
    opened = production.floor.get("/terminal", params={"job": f" {job.lower()} "})
    order = production.floor.get("/terminal", params={"job": job.rpartition("-")[0]})
    unknown = production.floor.get("/terminal", params={"job": "XX"})

    assert (opened.status_code, opened.headers["location"]) == (303, f"/terminal/{job}")
    assert order.text.count('class="job"') == 1
    assert unknown.status_code == 404
    assert 'role="alert"' in unknown.text


def test_every_screen_shows_the_job(production, job):
    order = job.rpartition("-")[0]

    for path in ("/", "/board", "/terminal", f"/terminal/{job}", f"/orders/{order}"):
        page = production.floor.get(path)
        assert page.status_code == 200
        assert job in page.text
        assert 'class="due late"' in page.text


def test_what_comes_from_outside_is_never_markup(production, request_of):
    request = request_of("1", due_on="2019-01-01")
    request["job_orders"][0]["description"] = request["customer_name"] = "<script>alert(1)</script>"
    production.send(request)

    for path in ("/", f"/terminal/{request['job_orders'][0]['id']}", f"/orders/{request['order_number']}"):
        assert "<script>alert" not in production.floor.get(path).text


def test_a_form_of_another_site_is_refused(production, job):
    answer = production.floor.post(
        f"/terminal/{job}/steps",
        data={"action": "start", "token": "t"},
        headers={"sec-fetch-site": "cross-site"},
    )

    assert answer.status_code == 403
    assert production.job(job)["state"] == "Waiting"


def test_the_language_is_kept_and_never_leads_away(production):
    chosen = production.floor.get("/lang/en", params={"back": "/terminal"})
    away = production.floor.get("/lang/en", params={"back": "//example.org"})

    assert chosen.headers["location"] == "/terminal"
    assert chosen.cookies["lang"] == "en"
    assert away.headers["location"] == "/"
    assert "Jobs to do" in production.floor.get("/terminal").text


def test_what_is_not_there_is_said_in_the_readers_terms(production):
    assert production.floor.get("/orders/none").status_code == 404
    assert production.floor.get("/nowhere").headers["content-type"].startswith("text/html")
    assert production.api.get("/v1/nowhere").headers["content-type"] == "application/problem+json"
    assert production.floor.get("/healthz").json() == {"status": "ok"}


def test_migrations_make_the_tables_that_the_code_knows(engine, database_url):
    found = inspect(engine)

    for table in metadata.tables.values():
        columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
        assert columns == {column.name: column.nullable for column in table.columns}
    assert migrate(database_url) == pending(database_url) == []
