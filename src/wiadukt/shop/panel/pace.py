"""How far a long work is, how fast it goes, and how long it will still take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """`percent` 0 to 100. `speed`: a second; None when nothing is known yet. `left_s`: None when it is not running."""

    percent: int
    speed: float | None
    left_s: float | None

    @classmethod
    def of(cls, done: float, total: float, took_s: float, *, is_running: bool, counted: float | None = None) -> Pace:
        """More may be done than was counted before it began: then it is at its end, as far as one can tell.

        `counted`: what a person counts, where the work is divided otherwise, as a comparison into buckets.
        """
        percent = min(100, int(done * 100 / total)) if total else 100
        is_known = took_s > 0 and done > 0
        speed = (done if counted is None else counted) / took_s if is_known else None
        left_s = max(total - done, 0) * took_s / done if is_known and is_running else None
        return cls(percent, speed, left_s)

    @property
    def left(self) -> str:
        """So that a person needs no arithmetic; empty when it is not known."""
        if self.left_s is None:
            return ""
        seconds = int(self.left_s)
        if seconds >= 5400:
            return f"{round(seconds / 3600)} h"
        return f"{round(seconds / 60)} min" if seconds >= 90 else f"{seconds} s"
