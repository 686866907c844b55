"""What production asks of a machine, whatever protocol it speaks. No driver exists yet; this is their shape.

The words are those of ISA-95 job control (`docs/glossary.md`): a job order is stored in the machine, allowed to
start, paused; the machine says what it did by events.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from wiadukt.contract.job_order import JobOrder


class MachineEventKind(StrEnum):
    """What a machine may say about a job order."""

    STARTED = "started"
    PAUSED = "paused"
    GOOD = "good"
    SCRAP = "scrap"
    COMPLETED = "completed"


@dataclass(frozen=True)
class MachineEvent:
    """One thing that happened at a machine. `id` is the same in every repeat, so it can serve as a step's token.

    `quantity` is what was added by this event, in the job order's unit; 0 for events that count nothing.
    """

    id: str
    job_id: str
    kind: MachineEventKind
    at: datetime
    quantity: Decimal = Decimal(0)


class Machine(Protocol):
    """One machine. Every method raises `Unreachable` when it does not answer, `Refused` when it says no."""

    def store(self, job: JobOrder) -> None:
        """Gives the machine the job order. A repeat with equal content changes nothing."""

    def start(self, job_id: str) -> None:
        """Lets the machine begin; when it begins is its own choice, and an event says so."""

    def pause(self, job_id: str) -> None:
        """Holds a running job order; `start` lets it go on."""

    def events(self, *, after: str = "") -> Iterator[MachineEvent]:
        """What happened since the event named `after`, oldest first; some may come twice, none is left out."""
