"""Quiet hours: when people are not to be disturbed, on the shop's clock. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

SATURDAY = 5


@dataclass(frozen=True)
class Quiet:
    """From `begins` until `ends` each day, over midnight when `ends` is earlier; and whole weekends when asked for.

    Without both times, or with both the same, no hour is quiet.
    """

    begins: time | None = None
    ends: time | None = None
    weekends: bool = False

    def holds(self, local: datetime) -> bool:
        """Whether this moment, in the shop's time, is quiet."""
        if self.weekends and local.weekday() >= SATURDAY:
            return True
        if self.begins is None or self.ends is None:
            return False
        now = local.time()
        if self.begins <= self.ends:
            return self.begins <= now < self.ends
        return now >= self.begins or now < self.ends
