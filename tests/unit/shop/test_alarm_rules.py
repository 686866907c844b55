"""From which size on a trouble is an alarm, when it is told again, and when people are left alone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from wiadukt.shop.alarms.incidents import LONGEST_PAUSE, SETTLES, first_due, has_settled, pause_after
from wiadukt.shop.alarms.quiet import Quiet
from wiadukt.shop.alarms.rules import KINDS, reaches
from wiadukt.shop.alarms.settings import RuleSetting, _told
from wiadukt.shop.health.diagnosis import Rule, Trouble
from wiadukt.shop.health.words import Word

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)  # a Wednesday
HOUR = timedelta(hours=1)


def test_every_kind_of_trouble_has_a_rule_that_an_administrator_can_set():
    assert set(KINDS) == set(Rule)


@pytest.mark.parametrize(
    ("rule", "size", "since_min", "threshold", "reached"),
    [
        (Rule.REJECTED, 2, None, 3, False),
        (Rule.REJECTED, 3, None, 3, True),
        (Rule.LATE, 299, None, 5, False),
        (Rule.LATE, 300, None, 5, True),
        (Rule.SILENT, 0, 4, 5, False),
        (Rule.SILENT, 0, 5, 5, True),
        (Rule.NO_WORKER, 0, None, 2, False),
        (Rule.COMPARISON, 0, None, 0, True),
    ],
)
def test_a_trouble_is_an_alarm_from_its_threshold_on(rule, size, since_min, threshold, reached):
    since = None if since_min is None else NOW - timedelta(minutes=since_min)
    trouble = Trouble(rule, Word.ERROR, "", size, since)

    assert reaches(trouble, threshold, NOW, NOW) is reached


def test_what_has_no_time_of_its_own_lasts_since_it_was_seen_first():
    trouble = Trouble(Rule.NO_WORKER, Word.ERROR)

    assert reaches(trouble, 2, NOW - timedelta(minutes=2), NOW)


def test_it_is_told_again_after_pauses_that_double_up_to_a_day():
    pauses = [pause_after(told, HOUR) for told in range(1, 8)]

    assert pauses == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, LONGEST_PAUSE, LONGEST_PAUSE]


def test_what_follows_from_a_cause_that_was_told_waits_for_its_reminder():
    told, untold = (Rule.SILENT, 1, NOW + HOUR), (Rule.SILENT, 0, NOW)

    assert first_due(Rule.LATE, NOW, [told]) == NOW + HOUR
    assert first_due(Rule.LATE, NOW, [untold]) == NOW
    assert first_due(Rule.REJECTED, NOW, [told]) == NOW
    assert first_due(Rule.LATE, NOW, [(Rule.DRIFT, 1, NOW + HOUR)]) == NOW


def test_it_has_ended_when_it_was_not_seen_for_a_while():
    assert not has_settled(None, NOW)
    assert not has_settled(NOW - SETTLES + timedelta(seconds=1), NOW)
    assert has_settled(NOW - SETTLES, NOW)


NIGHT, DAY = Quiet(time(22), time(6)), Quiet(time(8), time(16))


@pytest.mark.parametrize(
    ("quiet", "hour", "day", "holds"),
    [
        (NIGHT, 22, 25, True),
        (NIGHT, 5, 25, True),
        (NIGHT, 6, 25, False),
        (NIGHT, 21, 25, False),
        (DAY, 8, 25, True),
        (DAY, 16, 25, False),
        (Quiet(), 3, 25, False),
        (Quiet(time(22), None), 23, 25, False),
        (Quiet(time(7), time(7)), 7, 25, False),
        (Quiet(weekends=True), 12, 28, True),
        (Quiet(weekends=True), 12, 30, False),
    ],
)
def test_quiet_hours_may_go_over_midnight_and_weekends(quiet, hour, day, holds):
    assert quiet.holds(datetime(2026, 11, day, hour, 0)) is holds


@pytest.mark.parametrize("setting", [RuleSetting(True, 5, False), RuleSetting(False, 0, True)])
def test_a_recorded_rule_is_read_as_it_was_written(setting):
    assert RuleSetting.of(_told(setting)) == setting
