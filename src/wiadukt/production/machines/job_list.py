"""The list of job orders in a machine: who may do what with one, and when. No I/O, no OPC UA.

The list is what a receiver shows as `JobOrderList`. Whatever the standard forbids is answered with its return status
and changes nothing. The standard has no answer for 'already stored': a known id is refused as it does not fit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from wiadukt.production.machines.job_control import NOT_BEGUN, OVER, Command, ReturnStatus, State, step


@dataclass(frozen=True)
class Entry:
    """One job order in the list. `order` is the structure as it came; `planned`, `good` and `scrap` count pieces."""

    id: str
    order: Any
    state: State
    planned: float = 1
    priority: int = 0
    wanted_from: datetime | None = None
    arrived: int = 0
    started_at: datetime | None = None
    ended_at: datetime | None = None
    good: float = 0
    scrap: float = 0

    @property
    def has_response(self) -> bool:
        """One that has left the two first states has a response, also when it was aborted there."""
        return self.state not in NOT_BEGUN


class JobList:
    """A receiver's job orders, at most `most`. `told` hears of every transition, after it happened."""

    def __init__(self, most: int, told: Callable[[Entry], None] = lambda entry: None) -> None:
        self.most, self.told = most, told
        self.entries: dict[str, Entry] = {}
        self._arrivals = 0

    def store(self, entry: Entry) -> ReturnStatus:
        """Takes a job order in the state it comes with: not allowed to start, or allowed."""
        if not entry.id or entry.state not in NOT_BEGUN:
            return ReturnStatus.INVALID_REQUEST
        if entry.id in self.entries or len(self.entries) >= self.most:
            return ReturnStatus.UNABLE_TO_ACCEPT
        self._arrivals += 1
        self._put(replace(entry, arrived=self._arrivals))
        return ReturnStatus.NO_ERROR

    def update(self, entry: Entry) -> ReturnStatus:
        """Other content for a job order that has not begun; where it stands stays as it is."""
        known = self.entries.get(entry.id)
        if known is None:
            return ReturnStatus.UNKNOWN_JOB
        if step(known.state, Command.UPDATE) is None:
            return ReturnStatus.INVALID_STATE
        self._put(replace(entry, state=known.state, arrived=known.arrived))
        return ReturnStatus.NO_ERROR

    def command(self, job_id: str, command: Command) -> ReturnStatus:
        """Any method that takes an id."""
        known = self.entries.get(job_id)
        if known is None:
            return ReturnStatus.UNKNOWN_JOB
        if command in (Command.CANCEL, Command.CLEAR):
            return self._remove(known, NOT_BEGUN if command is Command.CANCEL else OVER)
        target = step(known.state, command)
        if target is None:
            return ReturnStatus.INVALID_STATE
        self._move(known, target)
        return ReturnStatus.NO_ERROR

    def next(self) -> Entry | None:
        """What the machine takes up next: the greatest priority, then what is wanted first, then what came first."""
        now = datetime.now(UTC)
        ready = [
            one
            for one in self.entries.values()
            if one.state is State.ALLOWED_TO_START and (one.wanted_from is None or one.wanted_from <= now)
        ]
        return min(ready, key=_turn, default=None)

    def begin(self, job_id: str) -> None:
        """The machine itself starts it. Raises ValueError when that is no step of the standard."""
        known = self.entries[job_id]
        if known.state is not State.ALLOWED_TO_START:
            raise ValueError(f"{job_id} is {known.state.text}: it can't begin")
        self._move(known, State.RUNNING)

    def count(self, job_id: str, *, good: float = 0, scrap: float = 0) -> None:
        """Pieces that were made; told as well, so that progress is seen. Only of what runs."""
        known = self.entries[job_id]
        if known.state is not State.RUNNING:
            raise ValueError(f"{job_id} is {known.state.text}: it makes nothing")
        self._put(replace(known, good=known.good + good, scrap=known.scrap + scrap))

    def finish(self, job_id: str) -> None:
        """The natural end: by the same step as Stop."""
        if self.command(job_id, Command.STOP) is not ReturnStatus.NO_ERROR:
            raise ValueError(f"{job_id} does not run")

    def abort(self, job_id: str) -> None:
        """Somebody aborts it at the machine itself."""
        if self.command(job_id, Command.ABORT) is not ReturnStatus.NO_ERROR:
            raise ValueError(f"{job_id} can't be aborted")

    def _remove(self, known: Entry, allowed: frozenset[State]) -> ReturnStatus:
        if known.state not in allowed:
            return ReturnStatus.INVALID_STATE
        del self.entries[known.id]
        return ReturnStatus.NO_ERROR

    def _move(self, known: Entry, target: State) -> None:
        now = datetime.now(UTC)
        started_at = known.started_at or (now if target is State.RUNNING else None)
        ended_at = now if target in OVER else None
        self._put(replace(known, state=target, started_at=started_at, ended_at=ended_at))

    def _put(self, entry: Entry) -> None:
        self.entries[entry.id] = entry
        self.told(entry)


def _turn(entry: Entry) -> tuple[int, float, int]:
    wanted = entry.wanted_from.timestamp() if entry.wanted_from else 0.0
    return (-entry.priority, wanted, entry.arrived)
