"""Promises of the road from the floor to the ERP."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, text, update

from wiadukt.production import progress, reporter
from wiadukt.production.store import report

UNKNOWN = {"title": "Nie ma jeszcze takiego zamówienia.", "status": 404, "code": "order_unknown"}
CANCELLED = {"title": "Zamówienie jest anulowane.", "detail": "Otwórz je w WAPRO.", "status": 422, "code": "cancelled"}


@pytest.fixture
def order(production, request_of) -> str:
    request = request_of("10", "2")
    production.send(request)
    return request["order_number"]


def newest(engine, order: str):
    with engine.connect() as connection:
        query = report.select().where(report.c.order_number == order).order_by(report.c.revision.desc())
        return connection.execute(query).first()


def make_due(engine, order: str) -> None:
    """The pause of the back-off passes."""
    with engine.begin() as connection:
        connection.execute(update(report).where(report.c.order_number == order).values(next_attempt_at=func.now()))


def test_each_step_reaches_the_erp_with_a_growing_revision(production, connector, order, eventually):
    production.tap(f"{order}-1", "start")
    production.tap(f"{order}-1", "good", quantity="10")
    production.tap(f"{order}-1", "done")
    eventually(lambda: any(float(sent["good"]) == 10 for sent in connector.reports_of(order)))
    assert connector.reports_of(order)[-1]["state"] == "in_production"

    production.tap(f"{order}-2", "start")
    production.tap(f"{order}-2", "good", quantity="2")
    production.tap(f"{order}-2", "done")
    eventually(lambda: connector.reports_of(order)[-1]["state"] == "ready")

    revisions = [sent["revision"] for sent in connector.reports_of(order)]
    last = connector.reports_of(order)[-1]
    assert revisions == sorted(set(revisions))
    assert (last["revision"], float(last["good"]), float(last["planned"])) == (6, 12, 12)
    assert {token for _, token, _ in connector.received} == {"Bearer to-connector"}


def test_a_report_survives_an_outage_and_arrives_once_it_is_over(production, connector, order, engine, eventually):
    connector.answer = lambda sent: (503, {"title": "WAPRO nie odpowiada.", "status": 503, "code": "unreachable"})
    production.tap(f"{order}-1", "start")
    production.tap(f"{order}-1", "good", quantity="3")
    eventually(lambda: newest(engine, order).attempts >= 1 and newest(engine, order).answer)
    assert newest(engine, order).state == "waiting"
    assert order in production.floor.get("/").text.partition('class="board"')[0]

    connector.answer = lambda sent: (204, None)
    eventually(lambda: newest(engine, order).state == "sent")

    assert float(connector.reports_of(order)[-1]["good"]) == 3


def test_a_report_survives_the_end_of_the_process(serve, connector, request_of, engine, eventually):
    deaf = serve("http://127.0.0.1:9")  # nobody listens there
    request = request_of("1")
    deaf.send(request)
    deaf.tap(request["job_orders"][0]["id"], "start")
    eventually(lambda: newest(engine, request["order_number"]).attempts >= 1)

    serve(connector.url)
    make_due(engine, request["order_number"])

    eventually(lambda: connector.reports_of(request["order_number"]))


def test_reports_collapse_to_the_newest(production, connector, order, engine, eventually):
    gate = threading.Event()

    def slow_first(sent: dict) -> tuple[int, None]:
        if sent["revision"] == 1:
            gate.wait(5)
        return 204, None

    connector.answer = slow_first
    production.tap(f"{order}-1", "start")
    eventually(lambda: connector.reports_of(order))
    for _ in range(5):
        production.tap(f"{order}-1", "good", quantity="1")
    gate.set()
    eventually(lambda: newest(engine, order).state == "sent")

    assert [sent["revision"] for sent in connector.reports_of(order)] == [1, 6]
    with engine.connect() as connection:
        states = connection.execute(
            text("SELECT state FROM report WHERE order_number = :order ORDER BY revision"), {"order": order}
        ).scalars()
        assert list(states) == ["sent", "superseded", "superseded", "superseded", "superseded", "sent"]


def test_a_step_before_the_order_reached_the_erp_is_reported_later(production, connector, order, engine, eventually):
    connector.answer = lambda sent: (404, UNKNOWN)
    production.tap(f"{order}-1", "start")
    eventually(lambda: newest(engine, order).answer)
    assert newest(engine, order).state == "waiting"

    connector.answer = lambda sent: (204, None)

    eventually(lambda: newest(engine, order).state == "sent")


def test_a_refusal_is_kept_with_its_reason_and_can_be_sent_again(production, connector, order, engine, eventually):
    connector.answer = lambda sent: (422, CANCELLED)
    production.tap(f"{order}-1", "start")
    eventually(lambda: newest(engine, order).state == "rejected")
    page = production.floor.get(f"/orders/{order}").text
    assert CANCELLED["title"] in page
    assert CANCELLED["detail"] in page

    connector.answer = lambda sent: (204, None)
    production.floor.post(f"/orders/{order}/reports")

    eventually(lambda: newest(engine, order).state == "sent")
    assert CANCELLED["title"] not in production.floor.get(f"/orders/{order}").text


def test_two_reporters_never_claim_the_same_report(serve, request_of, engine):
    away = serve("http://127.0.0.1:9")
    request = request_of("1")
    away.send(request)
    number, job = request["order_number"], request["job_orders"][0]["id"]
    with engine.begin() as first, engine.begin() as second:
        progress.take_step(first, job, progress.Step(progress.Action.START, "t"))
        first.execute(update(report).where(report.c.order_number != number).values(claimed_until="infinity"))

        mine = reporter.claim(first)
        others = reporter.claim(second)

        assert mine.order_number == number
        assert reporter.claim(first) is None
        assert others is None or others.order_number != number
        first.rollback()
