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
    MACHINES = "machines"


@dataclass(frozen=True)
class Life:
    """Whether a part answers. `silent_since` is None while it does, else `why` is one of `sync.silence`; `seen_at` is
    None when it was never heard."""

    seen_at: datetime | None = None
    silent_since: datetime | None = None
    cause: str = ""
    why: str = ""
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
    """The last comparison that ended. `drifted` should be nothing; `only_reported`: it was left as it was."""

    run: int
    ended_at: datetime
    drifted: int
    only_reported: bool = False


@dataclass(frozen=True)
class Closed:
    """A road that a person paused."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Rejection:
    """Of what was rejected on a road, the cause that most have, with what the one who refused advises.

    `kind` and `object_id` name one of them where the cause itself does not.
    """

    cause: str
    remedy: str
    count: int
    kind: str = ""
    object_id: str = ""


@dataclass(frozen=True)
class Queue:
    """Changes in WAPRO's base that the shop was not told of yet, as the connector said at `seen_at`. `oldest_s`: None
    when there are none. `rejected`: those that the shop refused, the youngest `rejected_for`."""

    waiting: int = 0
    oldest_s: float | None = None
    cause: str = ""
    rejected: int = 0
    rejected_for: str = ""
    seen_at: datetime | None = None


@dataclass(frozen=True)
class Fault:
    """What WAPRO's base does not give its connector: a `table`, a `column` or a `right`, by its name."""

    kind: str
    name: str


@dataclass(frozen=True)
class Meaningless:
    """A status letter of WAPRO's of which nobody said what it means, and how many open orders stand in it."""

    letter: str
    label: str
    orders: int


@dataclass(frozen=True)
class Broken:
    """How many batches of objects failed lately though none of their objects does; when the last did, and by what."""

    count: int
    at: datetime
    cause: str


@dataclass(frozen=True)
class State:
    """Everything at `at`. `lost_orders`: placed longer ago than agreed, without a document in WAPRO.

    `rejections` and `hindrances` (why what waits was not carried when it was tried) are by road. `clock_off_s`: how far
    the connector's clock is before the shop's. `unreported`: why WAPRO does not hear what was made, cause and remedy as
    production tells them. `integrators`: signs that another program carries between WAPRO and a
    shop, as the connector told them.
    """

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
    rejections: Mapping[str, Rejection] = field(default_factory=dict)
    hindrances: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    clock_off_s: float = 0
    queue: Queue = Queue()
    erp_version: str = ""
    integrators: tuple[str, ...] = ()
    unreported: tuple[tuple[str, str], ...] = ()
    meaningless: tuple[Meaningless, ...] = ()
    broken: Broken | None = None
    taken_over: bool = True

    @property
    def alive_workers(self) -> list[Worker]:
        return [worker for worker in self.workers if worker.is_alive]
