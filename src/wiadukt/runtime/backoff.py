"""How long to wait before the next attempt: exponential, capped, with full jitter over the upper half."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_WISH_S = 600.0
"""A receiver may ask for patience, not for silence."""


def delay(attempts: int, *, base_s: float = 1.0, cap_s: float = 300.0, rng: random.Random | None = None) -> timedelta:
    """The pause after `attempts` failed attempts (1 or more), between half of and the whole exponential step."""
    step_s = min(cap_s, base_s * 2 ** min(max(attempts - 1, 0), 30))
    share = (rng or random).uniform(0.5, 1.0)
    return timedelta(seconds=step_s * share)


def wished_s(retry_after: str, at: datetime) -> float | None:
    """Seconds from `at` for which a receiver wants to be left alone, by its Retry-After (seconds or an HTTP date), at
    most `LONGEST_WISH_S`; None without one, or one that can't be read."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(float(text), LONGEST_WISH_S)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return min(max((moment - at).total_seconds(), 0.0), LONGEST_WISH_S)
