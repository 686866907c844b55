"""How times are spread, in few numbers that can be added: counts between fixed bounds; percentiles are read off."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

BOUNDS_S = (0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 300, 600, 1800, 3600, 14400)
"""Upper bounds in seconds; the last class of a spread holds whatever took longer than all of them."""
CLASSES = len(BOUNDS_S) + 1


def spread_of(times_s: Iterable[float]) -> list[int]:
    """Counts by class. A clock that runs behind makes a time negative: that counts as the shortest."""
    counts = [0] * CLASSES
    for time_s in times_s:
        counts[bisect_left(BOUNDS_S, time_s)] += 1
    return counts


def added(spreads: Iterable[Sequence[int]]) -> list[int]:
    """Of all these together."""
    total = [0] * CLASSES
    for spread in spreads:
        for place, count in enumerate(spread):
            total[place] += count
    return total


def percentile(spread: Sequence[int], share: float) -> float | None:
    """Seconds within which this share of all was done, by the upper bound of the class; None of nothing.

    Within the class the times count as even, so that the value does not jump from bound to bound.
    """
    wanted = sum(spread) * share
    if not wanted:
        return None
    below = 0
    for place, count in enumerate(spread):
        if count and below + count >= wanted:
            low = BOUNDS_S[place - 1] if place else 0.0
            high = BOUNDS_S[place] if place < len(BOUNDS_S) else low * 2
            return low + (high - low) * (wanted - below) / count
        below += count
    return None
