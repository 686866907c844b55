"""Whatever breaks while people work: at the end both sides are equal and no order is there twice.

`make chaos SEED=7 COUNT=200` plays the scenarios 7..206; a failure prints its seed, its plan and its log.
"""

from __future__ import annotations

import pytest

from tests.chaos import scenario
from tests.chaos.world import FRESH, World

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(900)]
FRESH_EVERY = 25
_played = {"count": 0, "stained": False}


def _play(world: World, seed: int) -> None:
    if _played["stained"] or _played["count"] >= FRESH_EVERY:
        world.back_to(FRESH)
        _played.update(count=0, stained=False)
    _played["count"] += 1
    try:
        scenario.run(world, seed)
    except BaseException:
        _played["stained"] = True
        raise


def test_both_sides_agree_after_a_few_storms(world: World, seed: int):
    _play(world, seed)


@pytest.mark.chaos_long
def test_both_sides_agree_after_every_storm(world: World, seed: int):
    _play(world, seed)
