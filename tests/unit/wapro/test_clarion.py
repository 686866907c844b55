"""Days as WAPRO counts them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiadukt.wapro import clarion


@pytest.mark.parametrize(
    ("days", "day"),
    [
        (72687, date(2000, 1, 1)),
        (78550, date(2016, 1, 20)),
        (80820, date(2022, 4, 8)),
        (82510, date(2026, 11, 23)),
    ],
)
def test_days_known_from_real_bases_are_decoded(days, day):
    assert clarion.to_date(days) == day
    assert clarion.from_date(day) == days


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_comes_back_as_it_went(day):
    assert clarion.to_date(clarion.from_date(day)) == day


@pytest.mark.parametrize("none", [0, None])
def test_zero_and_null_are_no_date(none):
    assert clarion.to_date(none) is None
    with pytest.raises(clarion.NotClarion, match="TERMIN_PLAT"):
        clarion.required(none, "TERMIN_PLAT")


@pytest.mark.parametrize("wrong", [46349, 20261123, -5])
def test_another_encoding_is_never_taken_for_a_date(wrong):
    with pytest.raises(clarion.NotClarion):
        clarion.to_date(wrong)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 23, 12, 8, tzinfo=UTC), date(2026, 11, 23)),  # not rounded to tomorrow
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), date(2026, 11, 24)),  # midnight in Warsaw
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),  # summer time
    ],
)
def test_the_day_of_a_moment_is_the_day_in_warsaw(moment, day):
    assert clarion.of_moment(moment) == clarion.from_date(day)


def test_a_moment_without_a_zone_has_no_day():
    with pytest.raises(ValueError, match="time zone"):
        clarion.of_moment(datetime(2026, 11, 23, 12, 8))
