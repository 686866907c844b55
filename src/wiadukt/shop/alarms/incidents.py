"""How troubles become incidents, and when each is to be told. Pure.

1. A trouble that its rule calls for opens an incident, once: as long as it lasts, however it grows, it is the same one.
2. It is told when it is due, together with all that are due then; then again after growing pauses, at most once a day.
3. What follows from another that was told (nothing is on time while nobody carries) waits for that one's reminder.
4. It ends when it has not been seen for SETTLES. One that comes back within COMES_BACK is the old one with its pauses,
   so that a trouble that comes and goes makes no storm.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from wiadukt.shop.health.diagnosis import Rule

SETTLES = timedelta(minutes=3)
COMES_BACK = timedelta(minutes=60)
LONGEST_PAUSE = timedelta(hours=24)
GATHERS = timedelta(minutes=30)
"""What would be reminded of so soon goes with a message that goes now."""
CAUSES = frozenset({Rule.NO_WORKER, Rule.SILENT, Rule.CLOCK, Rule.FAULT, Rule.CAPTURE})
FOLLOW = frozenset({Rule.LATE, Rule.ORDERS, Rule.QUEUE, Rule.MACHINES})
"""What a cause brings with it."""


def pause_after(told: int, first: timedelta) -> timedelta:
    """Until it is told again, after it was told so many times: doubled each time."""
    return min(first * 2 ** max(told - 1, 0), LONGEST_PAUSE)


def first_due(rule: Rule, now: datetime, standing: Iterable[tuple[Rule, int, datetime]]) -> datetime:
    """When a new incident is due. `standing`: rule of each that stands, how often it was told, and when it is due."""
    if rule in FOLLOW:
        causes = [next_at for cause, told, next_at in standing if cause in CAUSES and told]
        if causes:
            return max(min(causes), now)
    return now


def has_settled(clear_since: datetime | None, now: datetime) -> bool:
    return clear_since is not None and now - clear_since >= SETTLES
