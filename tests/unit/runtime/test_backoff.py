from hypothesis import given
from hypothesis import strategies as st

from wiadukt.runtime.backoff import delay


@given(st.integers(min_value=1, max_value=10_000))
def test_a_pause_never_exceeds_the_cap_and_is_never_zero(attempts):
    pause = delay(attempts, base_s=1, cap_s=300).total_seconds()

    assert 0.5 <= pause <= 300


def test_pauses_grow():
    assert delay(1).total_seconds() < delay(4).total_seconds() < delay(8).total_seconds()
