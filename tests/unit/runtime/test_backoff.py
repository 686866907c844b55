from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiadukt.runtime.backoff import LONGEST_WISH_S, delay, wished_s

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@given(st.integers(min_value=1, max_value=10_000))
def test_a_pause_never_exceeds_the_cap_and_is_never_zero(attempts):
    pause = delay(attempts, base_s=1, cap_s=300).total_seconds()

    assert 0.5 <= pause <= 300


def test_pauses_grow():
    assert delay(1).total_seconds() < delay(4).total_seconds() < delay(8).total_seconds()


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("120", 120),
        ("Tue, 24 Nov 2026 12:01:30 GMT", 90),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0),
        ("86400", LONGEST_WISH_S),
        ("Wed, 25 Nov 2026 12:00:00 GMT", LONGEST_WISH_S),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("²", None),
    ],
)
def test_a_wish_for_a_pause_is_read_in_seconds_and_as_a_date_and_is_bounded(said, wish):
    assert wished_s(said, NOON) == wish


@given(st.text(max_size=40))
def test_no_text_in_place_of_a_pause_does_harm(said):
    wish = wished_s(said, NOON)

    assert wish is None or 0 <= wish <= LONGEST_WISH_S
