"""Capture without triggers: every so often all objects are digested, and those whose digest differs are announced.

Nothing is put on WAPRO's tables. The price: a change is seen at the next sweep and not at once, several changes between
two sweeps are one, and each sweep reads everything that the shop should have.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select

from wiadukt.contract.base import Kind
from wiadukt.contract.facts import BUCKETS
from wiadukt.wapro import gaps, queue
from wiadukt.wapro import tables as t
from wiadukt.wapro.among import among
from wiadukt.wapro.capture.port import Capture
from wiadukt.wapro.engine import hold, reading, writing
from wiadukt.wapro.read.digests import read_digests
from wiadukt.wapro.settings import CardFlag

PORTION = 500
SWEPT = ""
"""Stands among a kind's objects once it has been swept, be it that there were none."""


class Sweeper(Capture):
    """Sweeps every `wapro_sweep_s` seconds. Several may run: each announces what it is first to see."""

    @property
    def pause_s(self) -> float:
        return self.settings.wapro_sweep_s

    def lacking(self, conn: Connection) -> str:
        return ""

    def failed(self, cause: str) -> None:
        """The next sweep finds the same differences; until then nothing is announced."""
        super().failed(cause)
        self.missing = f"the sweep failed: {cause}"

    def step(self) -> int:
        announced = sum(self._sweep(kind) for kind in Kind)
        self.missing = ""
        return announced

    def _sweep(self, kind: Kind) -> int:
        with reading(self.engine) as conn:
            now = read_digests(conn, kind, self.settings, 0, BUCKETS - 1)
        with writing(self.engine) as conn:
            hold(conn, f"sweep {kind}")
            known = _known(conn, kind)
            is_first = known.pop(SWEPT, None) is None
            changed = sorted(one for one in now.keys() | known.keys() if now.get(one) != known.get(one))
            if not is_first:
                queue.accept_all(conn, [(kind, one) for one in changed])
            elif changed:
                # The first sweep has nothing to compare with: the shop compares everything instead.
                gaps.begin(conn)
                gaps.end(conn)
            _keep(conn, kind, [*changed, *([SWEPT] if is_first else [])], now | {SWEPT: ""})
        return 0 if is_first else len(changed)


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


def put(conn: Connection, flag: CardFlag, ksef: Sequence[str] = (), goods: str = "") -> list[str]:
    """Nothing comes onto WAPRO's tables."""
    return []


def taken_out(conn: Connection) -> list[str]:
    """Nothing is there to take away."""
    return []
