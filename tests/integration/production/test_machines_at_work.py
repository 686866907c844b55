"""From a job order to a machine and back to the ERP: sent once, followed, taken back, and never made twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from factories.saw import Saw
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from wiadukt.production import assignments, cancelling, errands, recalling
from wiadukt.production.machines.job_control import State

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("empty")]


@pytest.fixture(scope="module")
def _machines() -> Iterator[tuple[Saw, Saw]]:
    pair = (Saw("Saw"), Saw("Spare"))
    yield pair
    for one in pair:
        one.close()


@pytest.fixture
def saws(_machines: tuple[Saw, Saw]) -> tuple[Saw, Saw]:
    return (_machines[0].fresh(), _machines[1].fresh())


@pytest.fixture
def production(serve: Callable[..., Any], connector: Any, saws: tuple[Saw, Saw], tmp_path: Path) -> Any:
    """Two saws that get what they are given, and of jobs with a drilling take what comes."""
    file = tmp_path / "machines.toml"
    centre = '[[work_centre]]\nid = "cutting"\nname = "Cutting"\nparameters = ["drilling"]\n'
    entries = [
        f'[[machine]]\ndriver = "opcua"\nid = "{one.name.lower()}"\nname = "{one.name}"\nurl = "{one.url}"\n'
        'work_centre = "cutting"\nautomatic = true\nholds = 2\n'
        for one in saws
    ]
    file.write_text("\n".join([centre, *entries]), encoding="utf-8")
    return serve(connector.url, file)


@pytest.fixture
def for_the_centre(production, request_of) -> Callable[[], str]:
    """A job that no person gives away."""

    def send() -> str:
        request = request_of("4")
        request["job_orders"][0]["parameters"] = [{"id": "drilling", "value": "32"}]
        production.send(request)
        return request["job_orders"][0]["id"]

    return send


@pytest.fixture
def job(production, request_of) -> str:
    request = request_of("4")
    production.send(request)
    return request["job_orders"][0]["id"]


def give(production: Any, job_id: str, machine: str = "saw") -> Any:
    return production.floor.post(f"/terminal/{job_id}/machine", data={"machine": machine})


WITHIN_S = 60


def test_a_machine_makes_the_job_and_the_erp_hears_of_it(production, connector, saws, job, eventually):
    saw, _spare = saws
    assert give(production, job).status_code == 303
    eventually(lambda: saw.state(job) is State.ALLOWED_TO_START, within_s=WITHIN_S)

    saw.do("begin", job)
    eventually(lambda: production.job(job)["state"] == "Running", within_s=WITHIN_S)
    saw.do("count", job, good=3, scrap=1)
    saw.do("count", job, good=1)
    saw.do("finish", job)

    eventually(lambda: production.job(job)["state"] == "Completed", within_s=WITHIN_S)
    done = production.job(job)
    assert (float(done["good"]), float(done["scrap"])) == (4, 1)
    order = job.rpartition("-")[0]
    eventually(lambda: connector.reports_of(order)[-1:] and connector.reports_of(order)[-1]["state"] == "ready")


def test_a_machine_gets_its_job_in_the_trace_of_the_order(production, saws, request_of, eventually):
    request = request_of("4")
    caller = {"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}
    production.api.put(f"/v1/work-requests/{request['order_number']}", json=request, headers=caller)
    job_id = request["job_orders"][0]["id"]

    with capture_logs(processors=[merge_contextvars]) as lines:
        give(production, job_id)
        eventually(lambda: any(line["event"] == "machine_has_job" for line in list(lines)), within_s=WITHIN_S)

    (line,) = (line for line in lines if line["event"] == "machine_has_job")
    assert (line["trace_id"], line["job"]) == ("4bf92f3577b34da6a3ce929d0e0e4736", job_id)


def test_a_machine_that_is_off_gets_the_job_when_it_is_on_and_people_see_why_it_waits(
    production, saws, job, eventually
):
    saw, _spare = saws
    saw.off()
    give(production, job)
    eventually(lambda: saw.url in production.floor.get(f"/terminal/{job}").text, within_s=WITHIN_S)
    assert "Saw" in production.floor.get("/").text

    saw.on()

    eventually(lambda: saw.state(job) is State.ALLOWED_TO_START, within_s=WITHIN_S)


def test_what_a_machine_made_while_the_line_was_down_is_found_and_not_made_again(production, saws, job, eventually):
    saw, _spare = saws
    give(production, job)
    eventually(lambda: saw.state(job) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    saw.off()
    saw.do("begin", job)
    saw.do("count", job, good=4)
    saw.do("finish", job)
    saw.on()

    eventually(lambda: production.job(job)["state"] == "Completed", within_s=WITHIN_S)
    assert saw.stored == [job]


def test_a_line_that_breaks_before_the_answer_leaves_the_job_there_once(production, saws, job, eventually):
    saw, spare = saws
    saw.lose_next_answer = True
    give(production, job)

    eventually(lambda: saw.state(job) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    assert (saw.stored, spare.stored) == ([job], [])


def test_to_another_machine_it_goes_only_after_the_first_has_given_it_back(production, saws, job, eventually):
    saw, spare = saws
    give(production, job)
    eventually(lambda: saw.state(job) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    saw.do("begin", job)
    saw.do("count", job, good=1)

    give(production, job, "spare")

    eventually(lambda: spare.state(job) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    assert saw.state(job) in (None, State.ABORTED)
    spare.do("begin", job)
    spare.do("count", job, good=3)
    spare.do("finish", job)
    eventually(lambda: production.job(job)["state"] == "Completed", within_s=WITHIN_S)
    assert float(production.job(job)["good"]) == 4


def test_people_count_only_what_no_machine_counts(production, saws, job, eventually):
    saw, _spare = saws
    give(production, job)
    eventually(lambda: saw.state(job) is State.ALLOWED_TO_START, within_s=WITHIN_S)

    refused = production.tap(job, "start")
    give(production, job, "")
    eventually(lambda: saw.state(job) is None, within_s=WITHIN_S)
    eventually(lambda: production.tap(job, "start").status_code == 303, within_s=WITHIN_S)

    assert refused.status_code == 409
    assert production.job(job)["state"] == "Running"


def test_an_abort_at_the_machine_gives_the_job_back_to_people_with_the_reason(production, saws, job, eventually):
    saw, _spare = saws
    give(production, job)
    eventually(lambda: saw.state(job) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    saw.do("begin", job)
    eventually(lambda: production.job(job)["state"] == "Running", within_s=WITHIN_S)

    saw.do("abort", job)

    eventually(lambda: production.job(job)["state"] == "Held", within_s=WITHIN_S)
    assert production.tap(job, "start").status_code == 303


def test_a_job_that_a_restarted_machine_does_not_know_waits_for_a_person(production, saws, job, eventually):
    saw, _spare = saws
    give(production, job)
    eventually(lambda: saw.state(job) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    eventually(lambda: "w drodze" not in production.floor.get(f"/terminal/{job}").text, within_s=WITHIN_S)

    saw.restart()

    page = f"/terminal/{job}"
    eventually(lambda: "nie zna już zlecenia" in production.floor.get(page).text, within_s=WITHIN_S)
    assert saw.stored == [job]
    give(production, job)
    eventually(lambda: saw.state(job) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    assert saw.stored == [job, job]


def test_a_person_who_has_looked_frees_a_job_from_a_machine_that_is_off(production, saws, job, eventually):
    saw, spare = saws
    give(production, job)
    eventually(lambda: saw.state(job) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    saw.off()
    give(production, job, "spare")
    page = f"/terminal/{job}"
    eventually(lambda: "/release" in production.floor.get(page).text, within_s=WITHIN_S)
    assert spare.state(job) is None

    production.floor.post(f"{page}/release")

    eventually(lambda: spare.state(job) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    saw.on()
    eventually(lambda: saw.state(job) is None, within_s=WITHIN_S)


def test_jobs_of_a_work_centre_go_by_themselves_to_machines_that_answer(production, saws, for_the_centre, eventually):
    saw, spare = saws
    saw.off()
    eventually(lambda: "Saw nie odpowiada" in production.floor.get("/").text, within_s=WITHIN_S)

    jobs = [for_the_centre() for _ in range(3)]

    eventually(lambda: spare.state(jobs[1]) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    assert spare.state(jobs[2]) is None  # it gets two ahead of its work, so the third can go elsewhere
    saw.on()
    eventually(lambda: saw.state(jobs[2]) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    assert spare.stored + saw.stored == jobs


def test_what_one_machine_does_not_take_another_of_its_work_centre_makes(
    production, saws, for_the_centre, eventually, monkeypatch
):
    saw, spare = saws
    monkeypatch.setattr(errands, "TRY_AGAIN_AFTER", timedelta(seconds=1))
    saw.jobs.most = spare.jobs.most = 0
    job = for_the_centre()
    eventually(lambda: saw.stored and spare.stored, within_s=WITHIN_S)

    eventually(lambda: "nie może przyjąć zlecenia" in production.floor.get("/").text, within_s=WITHIN_S)
    saw.jobs.most = 4
    eventually(lambda: saw.state(job) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    assert spare.state(job) is None


def test_what_was_made_is_taken_out_of_the_machines_list(production, saws, job, eventually):
    saw, _spare = saws
    give(production, job)
    eventually(lambda: saw.state(job) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    saw.do("begin", job)
    saw.do("count", job, good=4)
    saw.do("finish", job)

    eventually(lambda: saw.state(job) is None, within_s=WITHIN_S)
    assert production.job(job)["state"] == "Completed"


def test_an_order_that_is_changed_while_it_waits_at_a_machine_is_made_as_changed(
    production, saws, request_of, eventually
):
    saw, _spare = saws
    request = request_of("4")
    production.send(request)
    job = request["job_orders"][0]["id"]
    give(production, job)
    eventually(lambda: saw.state(job) is State.ALLOWED_TO_START, within_s=WITHIN_S)

    request["job_orders"][0]["quantity"] = "7"
    assert production.send(request).status_code == 200
    eventually(lambda: saw.state(job) is None, within_s=WITHIN_S)
    give(production, job)

    eventually(lambda: saw.state(job) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    assert saw.jobs.entries[job].planned == 7


def test_a_machine_that_is_not_in_the_file_is_refused(production, job):
    assert give(production, job, "nobody").status_code == 422


def test_people_see_what_each_machine_works_on_and_how_much_waits_there(production, saws, at_machines, eventually):
    (saw, _spare), (_order, (first, second)) = saws, at_machines
    saw.do("begin", first)
    saw.do("count", first, good=3)

    def said_of(name: str) -> str:
        page = production.floor.get("/terminal/machines").text
        return page.partition(f"<strong>{name}</strong>")[2].partition("</article>")[0]

    eventually(lambda: "<b>3</b> / 4" in said_of("Saw"), within_s=WITHIN_S)
    assert "pracuje" in said_of("Saw")
    assert first in said_of("Saw")
    assert "czeka tam: 1" in said_of("Spare")
    assert second not in said_of("Spare")


def cancel(production: Any, order: str, in_favour_of: str | None = None) -> tuple[bool, str | None]:
    wish = {"number": order, "in_favour_of": in_favour_of}
    answer = production.api.put(f"/v1/work-requests/{order}/cancellation", json=wish, timeout=30).json()
    return answer["cancelled"], answer["reason"]


@pytest.fixture
def at_machines(production, engine, saws, request_of, eventually) -> tuple[str, list[str]]:
    """The number of an order of two jobs, one at each saw, and the jobs."""
    request = request_of("4", "4")
    production.send(request)
    jobs = [one["id"] for one in request["job_orders"]]
    for job_id, saw in zip(jobs, saws, strict=True):
        give(production, job_id, saw.name.lower())
        eventually(lambda id=job_id: stands(engine, id) == "sent", within_s=WITHIN_S)
    return request["order_number"], jobs


def stands(engine: Any, job_id: str) -> str | None:
    with engine.connect() as connection:
        at = assignments.load_assignments(connection, [job_id]).get(job_id)
    return at.state if at else None


def test_an_order_that_machines_have_and_have_not_begun_is_cancelled_and_they_have_it_no_more(
    production, saws, at_machines
):
    order, jobs = at_machines

    assert cancel(production, order) == (True, None)

    assert [saw.state(job) for saw, job in zip(saws, jobs, strict=True)] == [None, None]
    assert [production.job(job)["state"] for job in jobs] == ["Cancelled", "Cancelled"]
    assert cancel(production, order) == (True, None)


@pytest.mark.parametrize("how", ["told", "not told yet"])
def test_an_order_of_which_a_machine_has_begun_a_job_is_made_whole_and_once(
    production, saws, at_machines, eventually, monkeypatch, how
):
    (saw, spare), (order, (first, second)) = saws, at_machines
    monkeypatch.setattr(recalling, "WAITED_FOR", timedelta(hours=1))
    if how == "told":
        saw.do("begin", first)
        eventually(lambda: production.job(first)["state"] == "Running", within_s=WITHIN_S)
    else:
        saw.begin_unseen(first)

    done, reason = cancel(production, order)

    assert (done, reason) in ((False, "in_production"), (False, "at_machine"))
    assert saw.state(first) is State.RUNNING
    eventually(lambda: spare.state(second) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    for one, job_id in ((spare, second), (saw, first)):
        if one is spare:
            one.do("begin", job_id)
        one.do("count", job_id, good=4)
        one.do("finish", job_id)
        eventually(lambda id=job_id: production.job(id)["state"] == "Completed", within_s=WITHIN_S)
    assert [float(production.job(job)["good"]) for job in (first, second)] == [4, 4]


def test_a_machine_that_does_not_answer_keeps_its_job_and_the_order_is_made(
    production, engine, saws, at_machines, eventually, monkeypatch
):
    (saw, spare), (order, (first, second)) = saws, at_machines
    monkeypatch.setattr(cancelling, "PATIENCE_S", 1.0)
    saw.off()

    assert cancel(production, order) == (False, "at_machine")
    saw.on()

    for one, job_id in ((saw, first), (spare, second)):
        eventually(lambda one=one, id=job_id: one.state(id) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    eventually(lambda: {stands(engine, job) for job in (first, second)} == {"sent"}, within_s=WITHIN_S)
    assert [production.job(job)["state"] for job in (first, second)] == ["Waiting", "Waiting"]


def test_a_job_given_back_goes_to_its_machine_again_when_the_changed_order_does_not_take_its_place(
    production, saws, at_machines, eventually
):
    order, jobs = at_machines
    assert cancel(production, order, f"{order}.2") == (True, None)

    wish = {"number": order, "instead_of": f"{order}.2"}
    assert production.api.put(f"/v1/work-requests/{order}/reinstatement", json=wish).status_code == 204

    for saw, job_id in zip(saws, jobs, strict=True):
        eventually(lambda saw=saw, id=job_id: saw.state(id) is State.ALLOWED_TO_START, within_s=WITHIN_S)
    assert [production.job(job)["state"] for job in jobs] == ["Waiting", "Waiting"]


def test_a_job_given_back_for_which_nobody_comes_goes_to_its_machine_again(
    production, engine, saws, at_machines, eventually, monkeypatch
):
    (saw, _spare), (order, (first, _second)) = saws, at_machines
    monkeypatch.setattr(recalling, "WAITED_FOR", timedelta(seconds=2))
    with engine.begin() as connection:
        assert recalling.ask_back(connection, order)
    eventually(lambda: saw.state(first) is None, within_s=WITHIN_S)

    eventually(lambda: saw.state(first) is State.ALLOWED_TO_START, within_s=WITHIN_S)


def test_a_line_that_breaks_as_the_machine_gives_a_job_back_leaves_it_to_people(
    production, saws, at_machines, eventually, monkeypatch
):
    (saw, _spare), (order, (first, _second)) = saws, at_machines
    monkeypatch.setattr(cancelling, "PATIENCE_S", 1.0)
    saw.lose_next_answer_to("command")

    assert not cancel(production, order)[0]

    page = f"/terminal/{first}"
    eventually(lambda: "nie zna już zlecenia" in production.floor.get(page).text, within_s=WITHIN_S)
    assert cancel(production, order) == (False, "in_production"), "it may have been made there"
    assert saw.stored == [first]


def test_a_job_that_is_only_to_go_to_a_machine_is_cancelled_though_that_is_off(production, saws, job, eventually):
    saw, _spare = saws
    saw.off()
    eventually(lambda: "Saw nie odpowiada" in production.floor.get("/").text, within_s=WITHIN_S)
    give(production, job)

    assert cancel(production, job.rpartition("-")[0]) == (True, None)

    saw.on()
    eventually(lambda: "Saw nie odpowiada" not in production.floor.get("/").text, within_s=WITHIN_S)
    assert saw.stored == []
