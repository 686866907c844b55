"""The one word for a road: what was promised, against what is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Word(IntEnum):
    """From well to worst. A road that a person paused is judged no further until he opens it."""

    ON_TIME = 0
    PAUSED = 1
    LATE = 2
    ERROR = 3
    ACTION = 4

    @property
    def code(self) -> str:
        """For style sheets and texts."""
        return self.name.lower()


@dataclass(frozen=True)
class Counts:
    """Of all that was ever given to a road, where it stands; each is in one place and none is forgotten.

    `oldest_s`: age of the oldest that should have arrived by now, in seconds; None when nothing waits. `quiet`: of
    those that wait, the ones that nobody is waiting for (the flag day's).
    """

    waiting: int = 0
    in_work: int = 0
    retrying: int = 0
    rejected: int = 0
    done: int = 0
    discarded: int = 0
    quiet: int = 0
    oldest_s: float | None = None

    @property
    def given(self) -> int:
        return self.open + self.done + self.discarded

    @property
    def open(self) -> int:
        """What is neither done nor discarded."""
        return self.to_go + self.rejected

    @property
    def to_go(self) -> int:
        """What will go on by itself."""
        return self.waiting + self.in_work + self.retrying


def word_of(counts: Counts, agreed_s: float, *, paused: bool = False) -> Word:
    """Late when the oldest is older than agreed, an error when twice as old, action when something was rejected."""
    if counts.rejected:
        return Word.ACTION
    if paused:
        return Word.PAUSED
    return word_of_age(counts.oldest_s, agreed_s)


def word_of_age(age_s: float | None, agreed_s: float) -> Word:
    if age_s is None or age_s <= agreed_s:
        return Word.ON_TIME
    return Word.LATE if age_s <= 2 * agreed_s else Word.ERROR
