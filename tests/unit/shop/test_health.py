"""The state of the road in one word and in one sentence, and the counts behind a chart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from wiadukt.shop.health.agreed import Agreed
from wiadukt.shop.health.diagnosis import Rule, diagnose, word_of_road, worst
from wiadukt.shop.health.state import (
    Broken,
    Closed,
    Compared,
    Fault,
    Life,
    Meaningless,
    Part,
    Queue,
    Rejection,
    State,
    Worker,
)
from wiadukt.shop.health.words import Counts, Word, word_of
from wiadukt.shop.roads.spread import BOUNDS_S, added, percentile, spread_of

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
AGREED = Agreed(arrive_s=60, order_s=120, compare_s=26 * 3600)
ROAD = "to_wapro"


def a_state(**fields) -> State:
    """All is well, but for what is said otherwise."""
    well = {"workers": (Worker(1, NOW, True),), "compared": Compared(1, NOW, 0), "watched_since": NOW}
    return State(NOW, **{**well, **fields})


def rules(state: State) -> list[tuple[Rule, Word]]:
    return [(one.rule, one.word) for one in diagnose(state, AGREED)]


@pytest.mark.parametrize(
    ("counts", "paused", "word"),
    [
        (Counts(), False, Word.ON_TIME),
        (Counts(waiting=100_000, oldest_s=60), False, Word.ON_TIME),
        (Counts(waiting=1, oldest_s=61), False, Word.LATE),
        (Counts(waiting=1, oldest_s=121), False, Word.ERROR),
        (Counts(waiting=1, oldest_s=121), True, Word.PAUSED),
        (Counts(rejected=1), False, Word.ACTION),
        (Counts(rejected=1), True, Word.ACTION),
    ],
)
def test_the_word_of_a_road_is_about_the_agreed_time_and_not_the_length_of_the_queue(counts, paused, word):
    assert word_of(counts, AGREED.arrive_s, paused=paused) is word


def test_all_well_is_no_trouble():
    assert rules(a_state()) == []
    assert worst([]) is Word.ON_TIME


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"workers": ()}, (Rule.NO_WORKER, Word.ERROR)),
        ({"workers": (Worker(1, NOW, False),)}, (Rule.NO_WORKER, Word.ERROR)),
        ({"lives": {Part.PRODUCTION: Life(NOW, NOW, "refused")}}, (Rule.SILENT, Word.ERROR)),
        ({"capture_missing": "no trigger"}, (Rule.CAPTURE, Word.ACTION)),
        ({"clock_off_s": -61.0}, (Rule.CLOCK, Word.LATE)),
        ({"clock_off_s": 601.0}, (Rule.CLOCK, Word.ERROR)),
        ({"faults": (Fault("column", "ARTYKUL.NAZWA"),)}, (Rule.FAULT, Word.ACTION)),
        ({"queue": Queue(5, 61, "ConnectError")}, (Rule.QUEUE, Word.LATE)),
        ({"queue": Queue(5, 121, "ConnectError")}, (Rule.QUEUE, Word.ERROR)),
        ({"queue": Queue(rejected=3, rejected_for="400")}, (Rule.REJECTED, Word.ACTION)),
        ({"unreported": (("no key", "Give it."),)}, (Rule.REPORTS, Word.ERROR)),
        ({"meaningless": (Meaningless("H", "on hold", 2),)}, (Rule.STATUS, Word.ACTION)),
        ({"broken": Broken(1, NOW, "ValueError")}, (Rule.BATCHES, Word.LATE)),
        ({"taken_over": False}, (Rule.TAKEOVER, Word.ACTION)),
        ({"lost_orders": 1, "oldest_lost_s": 130}, (Rule.ORDERS, Word.LATE)),
        ({"lost_orders": 1, "oldest_lost_s": 250}, (Rule.ORDERS, Word.ERROR)),
        ({"roads": {ROAD: Counts(rejected=2)}}, (Rule.REJECTED, Word.ACTION)),
        ({"roads": {ROAD: Counts(waiting=1, oldest_s=70)}}, (Rule.LATE, Word.LATE)),
        ({"compared": Compared(1, NOW, 3)}, (Rule.DRIFT, Word.LATE)),
        ({"compared": Compared(1, NOW - timedelta(hours=27), 0)}, (Rule.COMPARISON, Word.LATE)),
        ({"compared": None, "watched_since": NOW - timedelta(hours=60)}, (Rule.COMPARISON, Word.ERROR)),
        # A paused road is late for nobody: who paused it knows.
        (
            {"roads": {ROAD: Counts(waiting=1, oldest_s=500)}, "paused": {ROAD: Closed("", "", NOW)}},
            (Rule.PAUSED, Word.PAUSED),
        ),
    ],
)
def test_each_trouble_is_found(fields, found):
    assert rules(a_state(**fields)) == [found]


@pytest.mark.parametrize(
    ("queue", "word"),
    [(Queue(), Word.ON_TIME), (Queue(1, 61), Word.LATE), (Queue(1, 121), Word.ERROR), (Queue(rejected=1), Word.ACTION)],
)
def test_what_stands_in_wapros_queue_is_on_the_road_from_wapro(queue, word):
    state = a_state(queue=queue, roads={"from_wapro": Counts(), ROAD: Counts()})

    assert word_of_road(state, "from_wapro", AGREED) is word
    assert word_of_road(state, ROAD, AGREED) is Word.ON_TIME


def test_a_little_clock_drift_and_a_short_queue_are_no_trouble():
    assert rules(a_state(clock_off_s=59.0, queue=Queue(100_000, 60))) == []


def test_what_the_connector_said_before_it_fell_silent_counts_no_more():
    lives = {Part.CONNECTOR: Life(NOW, NOW, "refused")}
    state = a_state(
        lives=lives,
        clock_off_s=601.0,
        faults=(Fault("right", "CENA"),),
        queue=Queue(5, 121, rejected=3),
        unreported=(("no way", "Start it."),),
    )

    assert [rule for rule, _word in rules(state)] == [Rule.SILENT]


def test_a_rejection_is_told_with_what_most_were_rejected_for():
    state = a_state(roads={ROAD: Counts(rejected=3)}, rejections={ROAD: Rejection("Too long.", "Shorten it.", 2)})

    (trouble,) = diagnose(state, AGREED)

    assert (trouble.detail, trouble.remedy) == ("Too long.", "Shorten it.")


def test_what_must_be_mended_first_is_named_first():
    state = a_state(
        workers=(),
        lives={Part.CONNECTOR: Life(NOW, NOW, "refused")},
        roads={ROAD: Counts(waiting=1, rejected=1, oldest_s=500)},
        lost_orders=1,
        oldest_lost_s=500,
    )

    order = [rule for rule, _word in rules(state)]

    assert order == [Rule.NO_WORKER, Rule.SILENT, Rule.REJECTED, Rule.ORDERS, Rule.LATE]


def test_times_are_told_within_the_bounds_between_which_they_were_counted():
    spread = spread_of([0.05] * 50 + [4.0] * 45 + [50.0] * 5)

    assert percentile(spread, 0.5) == pytest.approx(0.1)
    assert 3 < percentile(spread, 0.95) <= 5
    assert percentile(spread_of([]), 0.5) is None
    assert percentile(spread_of([99_999]), 0.5) >= BOUNDS_S[-1]
    assert added([spread, spread]) == [2 * n for n in spread]
