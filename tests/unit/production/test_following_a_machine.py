"""A machine's report is turned into the taps that an operator would have made, whatever was missed before it."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from wiadukt.contract.states import JobState
from wiadukt.production.following import steps_for
from wiadukt.production.machines.port import JobReport, MachineState
from wiadukt.production.progress import Action, Counts, after

PLANNED = Decimal(10)


def follow(counts: Counts, said: JobReport, *, good: int = 0, scrap: int = 0) -> Counts:
    for one in steps_for(counts, said, taken_good=Decimal(good), taken_scrap=Decimal(scrap)):
        counts = after(counts, one)
    return counts


def job(state: JobState = JobState.WAITING, good: int = 0, scrap: int = 0) -> Counts:
    return Counts("J-1", state, PLANNED, Decimal(good), Decimal(scrap))


def said(state: MachineState, good: int = 0, scrap: int = 0) -> JobReport:
    return JobReport("J-1", state, Decimal(good), Decimal(scrap))


def test_one_report_at_the_end_tells_everything_that_was_missed():
    end = follow(job(), said(MachineState.ENDED, good=10, scrap=2))

    assert (end.state, end.good, end.scrap) == (JobState.COMPLETED, 10, 2)


def test_a_machine_that_ends_short_or_makes_more_is_believed():
    assert follow(job(), said(MachineState.ENDED, good=8)).good == 8
    assert follow(job(), said(MachineState.ENDED, good=12)).good == 12


def test_what_people_counted_before_stays():
    assert follow(job(JobState.HELD, good=4), said(MachineState.RUNNING, good=3)).good == 7


def test_an_abort_leaves_the_job_held_for_people():
    assert follow(job(JobState.RUNNING), said(MachineState.ABORTED, good=2)).state is JobState.HELD


def test_a_job_that_is_over_follows_nothing():
    assert (
        steps_for(
            job(JobState.COMPLETED, 10), said(MachineState.RUNNING, 3), taken_good=Decimal(0), taken_scrap=Decimal(0)
        )
        == []
    )


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.sampled_from(["running", "held"])), max_size=8),
    st.lists(st.booleans(), min_size=9, max_size=9),
    st.booleans(),
)
def test_reports_that_are_lost_or_come_twice_change_nothing_in_the_end(made, heard, ends):
    """The totals of the machine, whichever of its reports arrived."""
    good = scrap = taken_good = taken_scrap = 0
    counts = job()
    history = []
    for pieces, bad, state in made:
        good, scrap = good + pieces, scrap + bad
        history.append(said(MachineState(state), good, scrap))
    history.append(said(MachineState.ENDED if ends else MachineState.HELD, good, scrap))

    for report, is_heard in zip(history, [*heard[: len(history) - 1], True], strict=True):
        for _twice in range(2 if is_heard else 0):
            counts = follow(counts, report, good=taken_good, scrap=taken_scrap)
            taken_good, taken_scrap = int(report.good), int(report.scrap)

    assert (counts.good, counts.scrap) == (good, scrap)
    assert (counts.state is JobState.COMPLETED) == ends


def test_nothing_new_is_no_step():
    assert (
        steps_for(
            job(JobState.RUNNING, 3), said(MachineState.RUNNING, 3), taken_good=Decimal(3), taken_scrap=Decimal(0)
        )
        == []
    )
    assert [
        one.action
        for one in steps_for(job(), said(MachineState.RUNNING), taken_good=Decimal(0), taken_scrap=Decimal(0))
    ] == [Action.START]
