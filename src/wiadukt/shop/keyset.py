"""Pages of a long list by the key of their first and last row: the millionth is as fast as the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

OLDER, NEWER = "older", "newer"
LONGEST_MARK = 60


@dataclass(frozen=True)
class Page:
    """Rows of one page, youngest first. `newer` and `older` are marks of the pages beside it, empty at an end."""

    rows: list[Any]
    newer: str
    older: str

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page(found: QuerySet, asked: Mapping[str, str], size: int, moment: str = "") -> Page:
    """One page of `found`, by `moment` (a field with a time) and id, or by id alone; a mark that says nothing is none.

    Rows that come while somebody leafs move no other row to another page.
    """
    upwards = _read(asked.get(NEWER, ""), moment)
    downwards = None if upwards is not None else _read(asked.get(OLDER, ""), moment)
    names = [moment, "id"] if moment else ["id"]
    if upwards is not None:
        rows = list(beyond(found, upwards, moment).order_by(*names)[: size + 1])
        more, rows = len(rows) > size, rows[:size][::-1]
        return Page(rows, _mark(rows[0], moment) if rows and more else "", _mark(rows[-1], moment) if rows else "")
    if downwards is not None:
        found = _below(found, downwards, moment)
    rows = list(found.order_by(*(f"-{name}" for name in names))[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    newer = _mark(rows[0], moment) if rows and downwards is not None else ""
    return Page(rows, newer, _mark(rows[-1], moment) if more else "")


def beyond(found: QuerySet, after: tuple[datetime | None, Any], moment: str = "", key: str = "id") -> QuerySet:
    """Rows behind this place when they go upwards."""
    at, last = after
    if at is None:
        return found.filter(**{f"{key}__gt": last})
    # The first condition alone is what an index can begin at.
    same = Q(**{moment: at, f"{key}__gt": last})
    return found.filter(**{f"{moment}__gte": at}).filter(Q(**{f"{moment}__gt": at}) | same)


def _below(found: QuerySet, before: tuple[datetime | None, Any], moment: str) -> QuerySet:
    at, last = before
    if at is None:
        return found.filter(id__lt=last)
    same = Q(**{moment: at, "id__lt": last})
    return found.filter(**{f"{moment}__lte": at}).filter(Q(**{f"{moment}__lt": at}) | same)


def _mark(row: Any, moment: str) -> str:
    return f"{getattr(row, moment).isoformat()}_{row.pk}" if moment else str(row.pk)


def _read(mark: str, moment: str) -> tuple[datetime | None, int] | None:
    at, _separator, key = mark[:LONGEST_MARK].rpartition("_")
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        return None
    if not moment:
        return None, int(key)
    try:
        when = parse_datetime(at)
    except ValueError:
        return None
    return (when, int(key)) if when is not None and when.tzinfo is not None else None
