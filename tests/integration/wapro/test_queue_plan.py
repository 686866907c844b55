"""A claim stays cheap when the queue fills up after a quiet night."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, text

from wiadukt.wapro import queue
from wiadukt.wapro.engine import writing

# The plans are PostgreSQL's.
pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("bases", ["postgresql"], indirect=True)]
FILL = """INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu, status)
    SELECT 'product', 'ZAW-' || n, %s FROM generate_series(1, 4000) n"""


def rows_touched(plan: dict[str, Any]) -> float:
    """How many rows all steps of the plan produced or threw away: the work, whatever the clock says."""
    removed = sum(plan.get(name, 0) for name in ("Rows Removed by Filter", "Rows Removed by Join Filter"))
    here = (plan["Actual Rows"] + removed) * plan["Actual Loops"]
    return here + sum(rows_touched(step) for step in plan.get("Plans", []))


def test_a_claim_looks_at_what_it_takes_and_not_at_the_whole_queue_for_each(base, engine, office):
    """The planner knows the queue as it was all night: sent, and nothing waiting."""
    office.forget_queue()
    office.run(FILL, "wyslany")
    office.run("ANALYZE wiadukt.kolejka")
    office.run(FILL, "przyjety")

    with writing(engine) as conn:
        explain = text("EXPLAIN (ANALYZE, FORMAT JSON) " + queue.CLAIM["postgresql"].text)
        plan = conn.execute(explain, {"size": 200, "lease": 60, "who": "morning"}).scalar_one()

    assert rows_touched(plan[0]["Plan"]) < 200 * 50


def test_what_was_rejected_is_counted_without_a_look_at_what_was_sent(base, engine, office):
    office.forget_queue()
    office.run(FILL, "wyslany")
    office.run("INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu, status) VALUES ('order', '1', 'odrzucony')")
    office.run("ANALYZE wiadukt.kolejka")
    told: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if statement.startswith("SELECT"):
            told.append(statement % {name: repr(value) for name, value in parameters.items()})

    event.listen(engine, "before_cursor_execute", note)
    with writing(engine) as conn:
        standing = queue.standing(conn)
        event.remove(engine, "before_cursor_execute", note)
        plans = [conn.execute(text(f"EXPLAIN (ANALYZE, FORMAT JSON) {one}")).scalar_one() for one in told]

    assert standing.rejected == 1
    assert len(plans) == 4
    assert sum(rows_touched(plan[0]["Plan"]) for plan in plans) < 50


def test_no_plan_is_kept_from_a_time_when_the_queue_was_empty(base, engine, office):
    for _ in range(12):
        with writing(engine) as conn:
            queue.claim(conn, "night", 200)

    with writing(engine) as conn:
        assert conn.execute(text("SELECT count(*) FROM pg_prepared_statements")).scalar_one() == 0
