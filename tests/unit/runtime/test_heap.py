"""What a process loaded at its start is no more gone through by the collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from wiadukt.runtime import heap


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_what_is_loaded_is_left_alone_and_what_comes_later_is_collected():
    loaded = [object()]
    heap.settle()
    later: list[object] = []
    later.append(later)

    watched = {id(one) for one in gc.get_objects()}

    assert gc.get_freeze_count() > 0
    assert id(loaded) not in watched
    assert id(later) in watched


def test_what_one_page_makes_begins_no_walk():
    heap.settle()
    before = gc.get_stats()[0]["collections"]

    page = [[n] for n in range(5000)]

    assert gc.get_stats()[0]["collections"] == before
    assert len(page) == 5000
