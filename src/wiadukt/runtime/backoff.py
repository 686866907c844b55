"""How long to wait before the next attempt: exponential, capped, with full jitter over the upper half."""

from __future__ import annotations

import random
from datetime import timedelta


def delay(attempts: int, *, base_s: float = 1.0, cap_s: float = 300.0, rng: random.Random | None = None) -> timedelta:
    """The pause after `attempts` failed attempts (1 or more), between half of and the whole exponential step."""
    step_s = min(cap_s, base_s * 2 ** min(max(attempts - 1, 0), 30))
    share = (rng or random).uniform(0.5, 1.0)
    return timedelta(seconds=step_s * share)
