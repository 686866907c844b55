"""A machine's list of job orders does what the standard says and nothing else."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiadukt.production.machines.job_control import TRANSITIONS, Command, ReturnStatus, State, step
from wiadukt.production.machines.job_list import Entry, JobList

OF_ID = [command for command in Command if not command.takes_order]
REMOVING = {
    Command.CANCEL: {State.NOT_ALLOWED_TO_START, State.ALLOWED_TO_START},
    Command.CLEAR: {State.ENDED, State.ABORTED},
}


def entry(job_id: str = "J-1", state: State = State.NOT_ALLOWED_TO_START, **fields: object) -> Entry:
    return Entry(job_id, order=None, state=state, **fields)


@given(st.lists(st.sampled_from([*OF_ID, "begin"]), max_size=25))
def test_whatever_is_asked_only_steps_of_the_standard_are_taken(asked):
    seen: list[State] = []
    jobs = JobList(5, told=lambda one: seen.append(one.state))
    jobs.store(entry())

    for command in asked:
        before = jobs.entries.get("J-1")
        if command == "begin":
            if before is not None and before.state is State.ALLOWED_TO_START:
                jobs.begin("J-1")
            continue
        answer = jobs.command("J-1", command)
        after = jobs.entries.get("J-1")
        if before is None:
            assert answer is ReturnStatus.UNKNOWN_JOB
        elif command in REMOVING:
            assert (after is None) == (before.state in REMOVING[command])
        else:
            expected = step(before.state, command)
            assert answer is (ReturnStatus.INVALID_STATE if expected is None else ReturnStatus.NO_ERROR)
            assert after.state is (expected or before.state)

    allowed = {(one.source, one.target) for one in TRANSITIONS}
    assert all(pair in allowed for pair in itertools.pairwise(seen))


def test_a_known_id_is_not_stored_twice_and_a_full_list_takes_nothing():
    jobs = JobList(2)

    answers = [jobs.store(entry("J-1")), jobs.store(entry("J-1")), jobs.store(entry("J-2")), jobs.store(entry("J-3"))]

    assert answers == [
        ReturnStatus.NO_ERROR,
        ReturnStatus.UNABLE_TO_ACCEPT,
        ReturnStatus.NO_ERROR,
        ReturnStatus.UNABLE_TO_ACCEPT,
    ]


def test_what_has_begun_is_not_updated():
    jobs = JobList(2)
    jobs.store(entry(state=State.ALLOWED_TO_START))

    assert jobs.update(entry(priority=7)) is ReturnStatus.NO_ERROR
    jobs.begin("J-1")
    assert jobs.update(entry(priority=9)) is ReturnStatus.INVALID_STATE
    assert (jobs.entries["J-1"].priority, jobs.entries["J-1"].state) == (7, State.RUNNING)


def test_the_greatest_priority_goes_first_then_what_is_wanted_first_then_what_came_first():
    soon, later = datetime.now(UTC) - timedelta(hours=2), datetime.now(UTC) - timedelta(hours=1)
    jobs = JobList(9)
    for one in (
        entry("late", State.ALLOWED_TO_START, wanted_from=later),
        entry("soon", State.ALLOWED_TO_START, wanted_from=soon),
        entry("held", State.NOT_ALLOWED_TO_START, priority=99),
        entry("tomorrow", State.ALLOWED_TO_START, priority=99, wanted_from=datetime.now(UTC) + timedelta(days=1)),
        entry("first", State.ALLOWED_TO_START, priority=5),
        entry("second", State.ALLOWED_TO_START, priority=5),
    ):
        jobs.store(one)

    order = []
    while (one := jobs.next()) is not None:
        order.append(one.id)
        jobs.begin(one.id)

    assert order == ["first", "second", "soon", "late"]


def test_only_what_runs_counts_pieces():
    jobs = JobList(1)
    jobs.store(entry(state=State.ALLOWED_TO_START))

    with pytest.raises(ValueError, match="makes nothing"):
        jobs.count("J-1", good=1)
    jobs.begin("J-1")
    jobs.count("J-1", good=2, scrap=1)

    assert (jobs.entries["J-1"].good, jobs.entries["J-1"].scrap) == (2, 1)
