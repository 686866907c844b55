"""What production asks of a machine, whatever protocol it speaks.

The words are those of ISA-95 job control (`docs/glossary.md`): a job order is stored in the machine, allowed to start,
paused; the machine reports where each stands. A report is a state with counts from the beginning and not a difference,
so one that comes twice, or is missed while the line is down, does no harm.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from wiadukt.contract.job_order import JobOrder


@dataclass(frozen=True)
class MachineJob:
    """A job order with what the machine's screen should say about its order. A greater `priority` goes sooner."""

    job: JobOrder
    order_numbers: tuple[str, ...] = ()
    customer_name: str = ""
    customer_order_number: str = ""
    due_on: date | None = None
    priority: int = 0
    traceparent: str = field(default="", compare=False)


class MachineState(StrEnum):
    """Where a job order stands in a machine. Gone is one that it knew and knows no more, though it had not ended."""

    WAITING = "waiting"
    ALLOWED = "allowed"
    RUNNING = "running"
    HELD = "held"
    ENDED = "ended"
    ABORTED = "aborted"
    GONE = "gone"


@dataclass(frozen=True)
class JobReport:
    """Where one job order stands. `good` and `scrap` count all pieces so far, in the job order's unit."""

    job_id: str
    state: MachineState
    good: Decimal = Decimal(0)
    scrap: Decimal = Decimal(0)
    started_at: datetime | None = None
    ended_at: datetime | None = None


def told_anew(told: dict[str, JobReport], now: Sequence[JobReport]) -> list[JobReport]:
    """What of `now` was not told yet, and what is gone; keeps in `told` what it returns."""
    present = {one.job_id: one for one in now}
    over = (MachineState.ENDED, MachineState.ABORTED)
    gone = [old for job_id, old in told.items() if job_id not in present and old.state not in over]
    news = [one for one in now if told.get(one.job_id) != one]
    told.clear()
    told.update(present)
    return news + [replace(old, state=MachineState.GONE) for old in gone]


class Machine(Protocol):
    """One machine. Every method raises `Unreachable` when it does not answer, `Refused` when it says no, with why."""

    async def store(self, job: MachineJob) -> None:
        """Gives the machine the job order. A repeat with equal content changes nothing, also when it has ended there;
        other content replaces it while it has not begun; one that was aborted is taken anew."""

    async def start(self, job_id: str) -> None:
        """Lets the machine begin or go on; when it begins is its own choice, and a report says so. Repeatable."""

    async def pause(self, job_id: str) -> None:
        """Interrupts a running job order; one that is interrupted already stays so."""

    async def withdraw(self, job_id: str) -> None:
        """After this the machine does not work on it: cancelled when it had not begun, else aborted. Its counts stay
        to be read until `forget`. Unknown and ended ones are let be."""

    async def recall(self, job_id: str) -> bool:
        """Takes back what it has not begun, and only that: it knows it no more. False when it did not know it.
        Refused with `machine_has_begun` once it has begun or is over, and then nothing has changed."""

    async def forget(self, job_id: str) -> None:
        """Takes what is over out of the machine's list. Repeatable."""

    async def report(self) -> list[JobReport]:
        """Every job order that the machine holds, as it stands now."""

    def reports(self) -> AsyncIterator[JobReport]:
        """What changes from now on, until the line breaks (`Unreachable`); begins with every job order there is.
        One that was told and is in the machine's list no more, though it had not ended, is told as gone."""
