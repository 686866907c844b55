"""What is known of the whole road at one moment. Made by `measure`, judged by `diagnosis`; no I/O here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from wiadukt.shop.health.words import Counts


class Part(StrEnum):
    """Who stands at the road."""

    WAPRO = "wapro"
    CONNECTOR = "connector"
    SHOP = "shop"
    PRODUCTION = "production"


@dataclass(frozen=True)
class Life:
    """Whether a part answers. `silent_since` is None while it does; `seen_at` is None when it was never heard."""

    seen_at: datetime | None = None
    silent_since: datetime | None = None
    cause: str = ""
    version: str = ""


@dataclass(frozen=True)
class Worker:
    """A process that carries, by its number; `does` are the names of the jobs in its hands."""

    number: int
    heard_at: datetime
    is_alive: bool
    does: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compared:
    """The last comparison that ended. `drifted` should be nothing."""

    run: int
    ended_at: datetime
    drifted: int


@dataclass(frozen=True)
class Closed:
    """A road that a person paused."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class State:
    """Everything at `at`. `lost_orders`: placed longer ago than agreed, without a document in WAPRO."""

    at: datetime
    roads: Mapping[str, Counts] = field(default_factory=dict)
    lives: Mapping[Part, Life] = field(default_factory=dict)
    workers: tuple[Worker, ...] = ()
    paused: Mapping[str, Closed] = field(default_factory=dict)
    compared: Compared | None = None
    watched_since: datetime | None = None
    lost_orders: int = 0
    oldest_lost_s: float | None = None
    capture_missing: str = ""
    taken_over: bool = True

    @property
    def alive_workers(self) -> list[Worker]:
        return [worker for worker in self.workers if worker.is_alive]
