"""What the machines of all Sparkplug brokers tell of themselves, in the words of our screens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation

from wiadukt.production.machines.mqtt.line import Broker
from wiadukt.production.machines.sparkplug.edge import Edge, Source
from wiadukt.production.machines.sparkplug.host import Host
from wiadukt.production.machines.sparkplug.payload import Value

TELL_EVERY_S = 1.0
"""Counters may change many times a second; the screens hear of it this often at most."""


@dataclass(frozen=True)
class Teller:
    """One machine that tells: who it is in the plant's topics, and what its metrics are called there."""

    machine_id: str
    group: str
    node: str
    device: str = ""
    state: str = ""
    states: Mapping[str, str] = field(default_factory=dict)
    good: str = ""
    scrap: str = ""
    shows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Telling:
    """How a machine is by its own word. `is_alive` is None when nobody knows; then the rest is the last that was heard.

    `state` is one of our words where the file translates it, else the machine's own. Counts are the machine's, of
    whatever it counts: they are shown, and no job order's.
    """

    is_alive: bool | None = None
    since: datetime | None = None
    state: str = ""
    good: Decimal | None = None
    scrap: Decimal | None = None
    others: tuple[tuple[str, Value], ...] = ()
    fault: str = ""


@dataclass(frozen=True)
class Plant:
    """One broker and who tells there."""

    broker: Broker
    tellers: Sequence[Teller]
    host_id: str = ""


class Watch:
    """Runs while `run` does. `changed` is called when a telling is another than before."""

    def __init__(self, plants: Sequence[Plant], *, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._is_news = False
        self._from: dict[str, tuple[Teller, Host]] = {}
        self.hosts = []
        for plant in plants:
            nodes = {(one.group, one.node) for one in plant.tellers}
            host = Host(plant.broker, nodes, host_id=plant.host_id, told=self._note)
            self.hosts.append(host)
            self._from |= {one.machine_id: (one, host) for one in plant.tellers}

    async def run(self) -> None:
        """Listens to every broker until it is cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for host in self.hosts:
                tasks.create_task(host.run(), name=host.broker.name)
            if self.hosts:
                tasks.create_task(self._tell())

    def telling(self, machine_id: str) -> Telling | None:
        """None for a machine that has no part in it."""
        if machine_id not in self._from:
            return None
        teller, host = self._from[machine_id]
        return told_by(teller, host.edges[teller.group, teller.node], host.fault)

    def is_dead(self, machine_id: str) -> bool:
        """It said so itself, or its broker did for it; unknown is not dead."""
        telling = self.telling(machine_id)
        return telling is not None and telling.is_alive is False

    def _note(self) -> None:
        self._is_news = True

    async def _tell(self) -> None:
        last: dict[str, Telling | None] = {}
        while True:
            await asyncio.sleep(TELL_EVERY_S)
            if not self._is_news:
                continue
            self._is_news = False
            now = {machine_id: self.telling(machine_id) for machine_id in self._from}
            if now != last:
                last = now
                self._changed()


def told_by(teller: Teller, edge: Edge, fault: str) -> Telling:
    """The edge's metrics in our words. No I/O."""
    source = edge.sources.get(teller.device, Source())
    word = source.values.get(teller.state)
    own = "" if word is None else str(word).lower() if isinstance(word, bool) else str(word)
    return Telling(
        source.is_alive,
        source.since,
        teller.states.get(own, own),
        _count(source.values.get(teller.good)),
        _count(source.values.get(teller.scrap)),
        tuple((name, source.values[name]) for name in teller.shows if source.values.get(name) is not None),
        fault,
    )


def _count(value: Value) -> Decimal | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
