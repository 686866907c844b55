"""What the floor may do, and what it makes of an order: pure rules."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiadukt.contract.states import JOB_STEPS, JobState, ProductionState
from wiadukt.production.progress import TARGETS, Action, Counts, Step, after, allowed_actions, order_state
from wiadukt.production.refusals import Refusal

WAITING, RUNNING, HELD, COMPLETED = JobState.WAITING, JobState.RUNNING, JobState.HELD, JobState.COMPLETED


def job(state: JobState = RUNNING, *, good: str = "0", scrap: str = "0", planned: str = "10") -> Counts:
    return Counts("WD-1-1", state, Decimal(planned), Decimal(good), Decimal(scrap))


def tap(action: Action, quantity: str = "0", note: str = "") -> Step:
    return Step(action, "token", Decimal(quantity), note)


def refused(counts: Counts, step: Step) -> str:
    with pytest.raises(Refusal) as caught:
        after(counts, step)
    return caught.value.code


def test_a_job_goes_from_waiting_to_completed():
    counts = job(WAITING)

    for step in (tap(Action.START), tap(Action.GOOD, "9"), tap(Action.PAUSE), tap(Action.START), tap(Action.GOOD, "1")):
        counts = after(counts, step)

    assert after(counts, tap(Action.DONE)) == job(COMPLETED, good="10")


def test_scrap_never_counts_as_good():
    assert after(job(good="2"), tap(Action.SCRAP, "3")) == job(good="2", scrap="3")


@pytest.mark.parametrize("state", JobState)
@pytest.mark.parametrize("action", Action)
def test_what_the_contract_forbids_is_refused_by_name(state, action):
    full = job(state, good="10")
    step = tap(action, "1", note="why")

    if action in TARGETS:
        permitted, code = (state, TARGETS[action]) in JOB_STEPS, "step_forbidden"
    else:
        permitted, code = state is RUNNING, "not_running"

    assert (action in allowed_actions(state)) == permitted
    if permitted:
        after(full, step)
    else:
        assert refused(full, step) == code


def test_more_than_planned_needs_a_note():
    assert refused(job(good="9"), tap(Action.GOOD, "2")) == "over_plan"
    assert after(job(good="9"), tap(Action.GOOD, "2", note="spare")).good == 11


def test_an_end_with_too_few_pieces_needs_a_note():
    assert refused(job(good="9"), tap(Action.DONE)) == "short_of_plan"
    assert after(job(good="9"), tap(Action.DONE, note="one sheet is broken")).state is COMPLETED


@pytest.mark.parametrize("quantity", ["0", "-1", "NaN", "Infinity", "1000001"])
def test_only_sensible_numbers_are_counted(quantity):
    assert refused(job(), tap(Action.GOOD, quantity)) == "quantity_invalid"


def test_an_order_is_ready_only_when_every_job_is():
    assert order_state([job(WAITING), job(WAITING)]) is ProductionState.WAITING
    assert order_state([job(RUNNING), job(WAITING)]) is ProductionState.IN_PRODUCTION
    assert order_state([job(COMPLETED), job(WAITING)]) is ProductionState.IN_PRODUCTION
    assert order_state([job(COMPLETED), job(COMPLETED)]) is ProductionState.READY
    assert order_state([job(COMPLETED), job(JobState.CANCELLED)]) is ProductionState.READY


steps = st.lists(
    st.builds(
        Step, st.sampled_from(Action), st.just("token"), st.integers(1, 12).map(Decimal), st.sampled_from(["", "why"])
    )
)


@given(steps)
def test_counts_never_fall_and_the_plan_is_never_silently_exceeded(taps):
    counts, noted = job(WAITING), False

    for step in taps:
        try:
            new = after(counts, step)
        except Refusal:
            continue
        noted = noted or bool(step.note)
        assert new.good >= counts.good
        assert new.scrap >= counts.scrap
        assert noted or new.good <= new.planned
        counts = new
