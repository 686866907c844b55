"""What a machine does by itself: takes up the next job order, counts pieces, stands still, ends it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

from wiadukt.production.machines.job_control import Command, State
from wiadukt.production.machines.job_list import JobList

LOOK_EVERY_S = 0.2


class Worker(Protocol):
    """A machine of ours, whatever it speaks: its list, and a way to show what became of it."""

    jobs: JobList

    async def publish(self) -> None: ...


@dataclass(frozen=True)
class Pace:
    """How a machine works. Every `scrap_every`th try is scrap, after every `fault_every`th it stands for `fault_s`."""

    seconds_a_piece: float = 5
    scrap_every: int = 0
    fault_every: int = 0
    fault_s: float = 20


async def work(machine: Worker, pace: Pace) -> None:
    """Makes one job order after the other until it is cancelled."""
    tries = 0
    while True:
        entry = machine.jobs.next()
        if entry is None:
            await asyncio.sleep(LOOK_EVERY_S)
            continue
        machine.jobs.begin(entry.id)
        await machine.publish()
        tries = await _make(machine, entry.id, pace, tries)


async def _make(machine: Worker, job_id: str, pace: Pace, tries: int) -> int:
    while (state := _state(machine, job_id)) in (State.RUNNING, State.INTERRUPTED):
        await asyncio.sleep(pace.seconds_a_piece if state is State.RUNNING else LOOK_EVERY_S)
        if _state(machine, job_id) is not State.RUNNING:  # somebody paused or aborted it: this piece is not made
            continue
        tries += 1
        _count(machine.jobs, job_id, is_scrap=bool(pace.scrap_every) and tries % pace.scrap_every == 0)
        await machine.publish()
        if pace.fault_every and tries % pace.fault_every == 0:
            await _stand_still(machine, job_id, pace.fault_s)
    return tries


def _state(machine: Worker, job_id: str) -> State | None:
    entry = machine.jobs.entries.get(job_id)
    return entry.state if entry else None


def _count(jobs: JobList, job_id: str, *, is_scrap: bool) -> None:
    entry = jobs.entries[job_id]
    if is_scrap:
        jobs.count(job_id, scrap=1)
    else:
        jobs.count(job_id, good=min(1.0, entry.planned - entry.good))
    if jobs.entries[job_id].good >= entry.planned:
        jobs.finish(job_id)


async def _stand_still(machine: Worker, job_id: str, seconds: float) -> None:
    """A fault: the machine interrupts itself and goes on when it is mended."""
    for command, pause_s in ((Command.PAUSE, seconds), (Command.RESUME, 0.0)):
        if _state(machine, job_id) not in (State.RUNNING, State.INTERRUPTED):
            return
        machine.jobs.command(job_id, command)
        await machine.publish()
        await asyncio.sleep(pause_s)
