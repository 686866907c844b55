"""Capture without triggers: every so often all objects are digested, and those whose digest differs are announced.

Nothing is put on WAPRO's tables. The price: a change is seen at the next sweep and not at once, several changes between
two sweeps are one, and each sweep reads everything that the shop should have.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence

import structlog
from sqlalchemy import Connection, Engine, delete, insert, select

from wiadukt.contract.base import Kind
from wiadukt.contract.errors import WiaduktError
from wiadukt.contract.facts import BUCKETS
from wiadukt.contract.status import CaptureWord
from wiadukt.wapro import gaps, queue
from wiadukt.wapro import tables as t
from wiadukt.wapro.among import among
from wiadukt.wapro.engine import hold, reading, writing
from wiadukt.wapro.read.digests import read_digests
from wiadukt.wapro.settings import Settings

PORTION = 500
log = structlog.get_logger()


class Sweeper:
    """Sweeps every `wapro_sweep_s` seconds. Several may run: each announces what it is first to see."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine, self.settings = engine, settings
        self.stopping = threading.Event()
        self.missing: str | None = None
        """Why the last sweep failed, in words; empty when it ended, None before the first."""

    @property
    def word(self) -> CaptureWord:
        """For the health address: `on`, `missing` or `unknown`."""
        if self.missing is None:
            return "unknown"
        return "missing" if self.missing else "on"

    def run(self) -> None:
        """Sweeps until `stopping` is set. What fails is tried again at the next turn."""
        while not self.stopping.is_set():
            started = time.monotonic()
            try:
                announced = self.step()
                self.missing = ""
                if announced:
                    log.info("swept", announced=announced, seconds=round(time.monotonic() - started, 1))
            except WiaduktError as error:
                self.missing = f"the sweep failed: {error}"
                log.warning("sweep_failed", cause=str(error))
            except Exception as error:  # a worker's loop outlives a defect; the next sweep finds the same differences
                self.missing = f"the sweep failed: {type(error).__name__}"
                log.error("sweep_failed", error=repr(error))
            self.stopping.wait(self.settings.wapro_sweep_s)

    def step(self) -> int:
        """One sweep; how many objects were announced."""
        return sum(self._sweep(kind) for kind in Kind)

    def _sweep(self, kind: Kind) -> int:
        with reading(self.engine) as conn:
            now = read_digests(conn, kind, self.settings, 0, BUCKETS - 1)
        with writing(self.engine) as conn:
            hold(conn, f"sweep {kind}")
            known = _known(conn, kind)
            changed = sorted(one for one in now.keys() | known.keys() if now.get(one) != known.get(one))
            if known:
                for one in changed:
                    queue.accept(conn, kind, one)
            elif now:
                # The first sweep has nothing to compare with: the shop compares everything instead.
                gaps.begin(conn)
                gaps.end(conn)
            _keep(conn, kind, changed, now)
        return len(changed) if known else 0


def _known(conn: Connection, kind: Kind) -> dict[str, str]:
    row = t.swept.c
    found = conn.execute(select(row.id_obiektu, row.skrot).where(row.rodzaj == kind.value))
    return {str(object_id): str(digest) for object_id, digest in found}


def _keep(conn: Connection, kind: Kind, changed: Sequence[str], now: dict[str, str]) -> None:
    """The digests as they are, in the transaction that announces the changes: neither without the other."""
    for some in _portions(changed):
        gone = (t.swept.c.rodzaj == kind.value) & t.swept.c.id_obiektu.in_(among(some))
        conn.execute(delete(t.swept).where(gone))
        rows = [{"rodzaj": kind.value, "id_obiektu": one, "skrot": now[one]} for one in some if one in now]
        if rows:
            conn.execute(insert(t.swept), rows)


def _portions(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + PORTION] for start in range(0, len(ids), PORTION))
