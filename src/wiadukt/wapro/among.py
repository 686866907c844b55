"""Lists of ids in a statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

Id = TypeVar("Id", int, str)
SIZES = (1, 8, 64, 500, 2000)
"""SQL Server takes 2,100 parameters; and a plan is kept for each number of them, so there are but a few numbers."""
MOST_AT_ONCE = 500


def portions(ids: Iterable[Id]) -> Iterator[list[Id]]:
    """Lists for `column.in_(...)`, one statement each: every id once, in their order."""
    wanted = list(dict.fromkeys(ids))
    return (among(wanted[start : start + MOST_AT_ONCE]) for start in range(0, len(wanted), MOST_AT_ONCE))


def among(ids: Iterable[Id]) -> list[Id]:
    """The ids for `column.in_(...)`: the last one repeats until the list has one of a few sizes. Empty stays empty.

    Raises ValueError above 2,000: ask in portions.
    """
    wanted = list(ids)
    if not wanted:
        return wanted
    size = next((size for size in SIZES if len(wanted) <= size), None)
    if size is None:
        raise ValueError(f"{len(wanted)} ids in one statement; the most is {SIZES[-1]}")
    return wanted + wanted[-1:] * (size - len(wanted))
