"""What one edge node has told of itself and its devices, message by message: births, data, deaths. No I/O.

Data count only after a birth, which names every metric and its alias, and only in their sequence. What is missing
longer than a moment, or was never born, is asked for anew: the whole is told again (`wants_rebirth`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wiadukt.production.machines.sparkplug.payload import BD_SEQ, Metric, Payload, Value

SEQUENCE = 256
REORDER = timedelta(seconds=2)
"""So long a missing message may come late, before all is asked for anew."""
NODE = ""


@dataclass
class Source:
    """A node or a device. `is_alive` is None as long as neither birth nor death was heard."""

    is_alive: bool | None = None
    since: datetime | None = None
    values: dict[str, Value] = field(default_factory=dict)

    def turn(self, now: datetime, *, is_alive: bool | None) -> None:
        if self.is_alive is not is_alive:
            self.is_alive, self.since = is_alive, now


class Edge:
    """`sources` holds the node under the empty name, and its devices under theirs."""

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {NODE: Source()}
        self.wants_rebirth = False
        self._is_born = False
        self._bd_seq: Value = None
        self._next = 0
        self._ahead: dict[int, tuple[str, str, Payload]] = {}
        self._gap_since: datetime | None = None
        self._types: dict[tuple[str, str], int] = {}
        self._aliases: dict[int, tuple[str, str]] = {}

    def take(self, kind: str, device: str, payload: Payload, now: datetime) -> None:
        """One message, by the kind in its topic. Commands are none of a host's."""
        if kind == "NBIRTH":
            self._birth(payload, now)
        elif kind == "NDEATH":
            self._death(payload, now)
        elif kind in ("DBIRTH", "DDEATH", "NDATA", "DDATA"):
            self._in_turn(kind, device, payload, now)

    def look(self, now: datetime) -> None:
        """Notices what is missing for too long."""
        if self._gap_since is not None and now - self._gap_since > REORDER:
            self._ask_anew()

    def forget(self) -> None:
        """Our own line broke: nobody knows how things stand until the next birth."""
        for source in self.sources.values():
            source.is_alive, source.since = None, None
        self._ask_anew()

    def _birth(self, payload: Payload, now: datetime) -> None:
        self._is_born, self.wants_rebirth = True, False
        self._bd_seq = payload.value_of(BD_SEQ)
        self._types, self._aliases, self._ahead, self._gap_since = {}, {}, {}, None
        self._next = ((payload.seq or 0) + 1) % SEQUENCE
        for device, source in self.sources.items():
            if device != NODE and source.is_alive:
                source.turn(now, is_alive=None)  # its own birth follows
        self._be_born(NODE, payload, now)

    def _death(self, payload: Payload, now: datetime) -> None:
        """The will of an earlier session may come after the birth of the next; it has another number."""
        if self._is_born and self._bd_seq is not None and payload.value_of(BD_SEQ) != self._bd_seq:
            return
        self._is_born, self._ahead, self._gap_since = False, {}, None
        for source in self.sources.values():
            source.turn(now, is_alive=False)

    def _in_turn(self, kind: str, device: str, payload: Payload, now: datetime) -> None:
        if not self._is_born or payload.seq is None:
            self._ask_anew()
            return
        self._ahead[payload.seq] = (kind, device, payload)
        while self._is_born and self._next in self._ahead:
            one = self._ahead.pop(self._next)
            self._next = (self._next + 1) % SEQUENCE
            self._gap_since = None
            self._apply(*one, now)
        if self._ahead and self._gap_since is None:
            self._gap_since = now

    def _apply(self, kind: str, device: str, payload: Payload, now: datetime) -> None:
        if kind == "DBIRTH":
            self._be_born(device, payload, now)
        elif kind == "DDEATH":
            self.sources.setdefault(device, Source()).turn(now, is_alive=False)
        else:
            self._update(device if kind == "DDATA" else NODE, payload)

    def _be_born(self, device: str, payload: Payload, now: datetime) -> None:
        source = self.sources.setdefault(device, Source())
        source.turn(now, is_alive=True)
        source.values = {}
        for metric in payload.metrics:
            self._types[device, metric.name] = metric.datatype
            if metric.alias is not None:
                self._aliases[metric.alias] = (device, metric.name)
            source.values[metric.name] = metric.typed(metric.datatype)

    def _update(self, device: str, payload: Payload) -> None:
        source = self.sources.get(device)
        if source is None or not source.is_alive:  # a device's data before its birth
            self._ask_anew()
            return
        for metric in payload.metrics:
            key = self._key(device, metric)
            if key not in self._types:
                self._ask_anew()
            elif not metric.is_historical:
                source.values[key[1]] = metric.typed(self._types[key])

    def _key(self, device: str, metric: Metric) -> tuple[str, str]:
        if metric.name or metric.alias is None:
            return device, metric.name
        return self._aliases.get(metric.alias, (device, ""))

    def _ask_anew(self) -> None:
        self.wants_rebirth, self._is_born = True, False
        self._ahead, self._gap_since = {}, None
