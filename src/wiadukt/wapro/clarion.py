"""Clarion dates: whole days since 1800-12-28; 0 and NULL are no date."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

EPOCH = date(1800, 12, 28)
WARSAW = ZoneInfo("Europe/Warsaw")
# 1970-01-01 to 2100-01-01. A value outside is another encoding (days since 1899-12-30 give 30000 to 60000).
FIRST, LAST = 61730, 109212


class NotClarion(ValueError):
    """The number can't be a Clarion date of business."""


def to_date(days: int | None) -> date | None:
    """The day, or None for 0 and NULL. Raises NotClarion for a number out of range."""
    if not days:
        return None
    if not FIRST <= days <= LAST:
        raise NotClarion(f"{days} nie jest datą WAPRO z lat 1970-2100.")
    return EPOCH + timedelta(days=int(days))


def required(days: int | None, column: str) -> date:
    """The day of a column that must have one. Raises NotClarion."""
    day = to_date(days)
    if day is None:
        raise NotClarion(f"Kolumna {column} nie ma daty.")
    return day


def from_date(day: date) -> int:
    return (day - EPOCH).days


def of_moment(moment: datetime) -> int:
    """The day in Warsaw on which the moment falls, truncated and never rounded. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment without its time zone has no day in Warsaw")
    return from_date(moment.astimezone(WARSAW).date())
