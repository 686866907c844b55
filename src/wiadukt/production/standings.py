"""How each machine is, whatever road told it: whether it answers, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wiadukt.production.machines.registry import Entry, Floor, TellerEntry
from wiadukt.production.machines.sparkplug.watch import Telling, Watch

DEAD = "it has said, or its broker for it, that it is off (Sparkplug)"
UNHEARD = "nothing was heard of it yet (Sparkplug)"


@dataclass(frozen=True)
class Standing:
    """One machine. `why` is empty when it answers; `is_dead` tells one that is off from one of which nobody knows."""

    id: str
    name: str
    work_centre: str
    why: str
    is_dead: bool
    told: Telling | None


class Standings:
    """Of the machines that take job orders (`lines` is the gateway's word of each), and of those that only tell."""

    def __init__(self, floor: Floor, lines: Mapping[str, str], watch: Watch) -> None:
        self._floor, self._lines, self._watch = floor, lines, watch

    def lines(self) -> dict[str, str]:
        """Of each machine: empty when it answers, or why not."""
        return {one: self._why(one) for one in (*self._floor.machines, *self._floor.tellers)}

    def all(self, work_centre: str = "") -> list[Standing]:
        """Every machine, or those of one work centre; those that take job orders first, in the file's order."""
        every = (*self._floor.machines.values(), *self._floor.tellers.values())
        return [self._of(one) for one in every if work_centre in ("", one.work_centre)]

    def _of(self, entry: Entry | TellerEntry) -> Standing:
        dead, told = self._watch.is_dead(entry.id), self._watch.telling(entry.id)
        return Standing(entry.id, entry.name, entry.work_centre, self._why(entry.id), dead, told)

    def _why(self, machine_id: str) -> str:
        line = self._lines.get(machine_id, "")
        if line:
            return line
        if self._watch.is_dead(machine_id):
            return DEAD
        telling = self._watch.telling(machine_id)
        if machine_id in self._lines or telling is None or telling.is_alive:
            return ""
        return telling.fault or UNHEARD
