"""What a planner does with the queues, and that every screen hears of it at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import delete, event

from bench.board import fill
from wiadukt.production.main import create_app
from wiadukt.production.plan import COLUMN_LIMIT
from wiadukt.production.planning import CARDS
from wiadukt.production.settings import Settings
from wiadukt.production.store import work_request

pytestmark = pytest.mark.postgres
FLOOR = """
[[work_centre]]
id = "cutting"
name = "Rozkrój"
products = ["FR-*"]
[[work_centre]]
id = "edging"
name = "Okleinowanie"
"""


@pytest.fixture
def production(serve: Callable[..., Any], connector: Any, tmp_path: Path) -> Any:
    file = tmp_path / "machines.toml"
    file.write_text(FLOOR, encoding="utf-8")
    return serve(connector.url, file)


@pytest.fixture
def job(production: Any, request_of: Callable[..., dict]) -> str:
    request = request_of("10", due_on=str(datetime.now(UTC).date()))
    production.send(request)
    return request["job_orders"][0]["id"]


def plan(production: Any, job: str, what: str, **form: str) -> httpx.Response:
    return production.floor.post(f"/plan/jobs/{job}/{what}", data=form)


def test_a_job_waits_in_the_queue_that_its_rule_names_and_can_be_moved_to_another_day(production, job):
    assert production.job(job)["work_centre"] == "cutting"
    day = str(datetime.now(UTC).date() + timedelta(days=2))

    assert plan(production, job, "move", centre="edging", day=day).status_code == 303

    moved = production.job(job)
    assert (moved["work_centre"], moved["planned_on"]) == ("edging", day)
    assert job in production.floor.get("/plan").text


def test_what_runs_is_work_of_today_whenever_it_is_due(production, job):
    today = datetime.now(ZoneInfo("Europe/Warsaw")).date()

    def place() -> str:
        before = production.floor.get("/plan").text.partition(f'data-job="{job}"')[0]
        return before.rpartition('data-piece="')[2].partition('"')[0]

    plan(production, job, "move", centre="cutting", day=str(today + timedelta(days=2)))
    planned = place()
    production.tap(job, "start")

    assert (planned, place()) == (f"cutting/{today + timedelta(days=2)}", f"cutting/{today}")


def test_a_terminal_shows_the_queue_of_its_work_centre(production, job):
    assert job in production.floor.get("/terminal?centre=cutting").text
    assert job not in production.floor.get("/terminal?centre=edging").text


@pytest.mark.parametrize(("form", "field"), [({"centre": "nowhere"}, "nowhere"), ({"day": "soon"}, "soon")])
def test_a_queue_or_day_that_is_none_is_refused_and_nothing_moves(production, job, form, field):
    before = production.job(job)

    refused = plan(production, job, "move", **form)

    assert refused.status_code == 422
    assert field in refused.text
    assert production.job(job) == before


def test_what_is_held_is_begun_by_nobody_until_it_is_released(production, job):
    plan(production, job, "hold", token="t1", action="pause")
    assert production.job(job)["state"] == "Held"

    plan(production, job, "hold", token="t2", action="release")

    assert production.job(job)["state"] == "Waiting"


def test_a_split_job_is_two_of_the_same_order_with_all_its_pieces(production, job, connector, eventually):
    plan(production, job, "split", quantity="4")
    rest = f"{job}.2"

    assert [float(production.job(one)["quantity"]) for one in (job, rest)] == [6, 4]
    assert production.job(rest)["parameters"] == production.job(job)["parameters"]
    for one, pieces in ((job, "6"), (rest, "4")):
        for action, fields in (("start", {}), ("good", {"quantity": pieces}), ("done", {})):
            assert production.tap(one, action, **fields).status_code == 303
    order = job.rpartition("-")[0]
    eventually(lambda: connector.reports_of(order) and connector.reports_of(order)[-1]["state"] == "ready")
    assert float(connector.reports_of(order)[-1]["planned"]) == 10


@pytest.mark.parametrize("quantity", ["0", "10", "-1", "many", "NaN"])
def test_a_split_that_leaves_a_job_without_pieces_is_refused(production, job, quantity):
    assert plan(production, job, "split", quantity=quantity).status_code == 422
    assert float(production.job(job)["quantity"]) == 10


def test_a_screen_hears_at_once_of_what_another_one_did(production, job):
    with (
        httpx.Client(base_url=production.url, trust_env=False, timeout=10) as screen,
        screen.stream("GET", "/live") as line,
    ):
        words = line.iter_lines()
        assert next(words).startswith("retry")
        production.tap(job, "start")

        assert any(word == "data: changed" for word in words)


def test_what_may_be_changed_about_a_job_comes_by_itself_or_as_a_page(production, job):
    assert f'href="/plan/jobs/{job}"' in production.floor.get("/plan").text

    part, page = (production.floor.get(f"/plan/jobs/{job}{more}").text for more in ("?part=true", ""))

    for text in (part, page):
        for what in ("move", "hold", "split"):
            assert f'action="/plan/jobs/{job}/{what}"' in text
    assert "<html" not in part
    assert production.floor.get("/plan/jobs/not-there").status_code == 404


@pytest.mark.usefixtures("empty")
def test_ten_thousand_open_jobs_cost_a_screen_no_more_queries_than_ten_and_no_more_cards_than_it_shows(
    database_url, engine
):
    app = create_app(Settings(database_url=database_url))
    asked: list[str] = []
    event.listen(app.state.engine, "before_cursor_execute", lambda _c, _cursor, query, *_: asked.append(query))

    async def get(path: str) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://floor") as screen:
            return await screen.get(path)

    def queries(path: str) -> int:
        asked.clear()
        page = asyncio.run(get(path))
        assert page.status_code == 200
        assert page.text.count("data-job=") <= 5 * 7 * CARDS, "only so many cards of each day and work centre"
        assert page.text.count('<article class="card"') <= 4 * COLUMN_LIMIT
        return len(asked)

    paths = ("/", "/board", "/plan", "/plan/part", "/terminal")
    fill(database_url, 10)
    few = [queries(path) for path in paths]
    with engine.begin() as connection:
        connection.execute(delete(work_request))
    fill(database_url, 10_000)

    assert [queries(path) for path in paths] == few
    app.state.engine.dispose()
