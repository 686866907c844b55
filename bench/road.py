"""Changed goods on the whole road: commit in WAPRO, queue, signed event, fetch over HTTP, apply, history."""

from __future__ import annotations

import time
from dataclasses import dataclass

from bench.world import World

CHANGE = 'UPDATE dbo."ARTYKUL" SET "STAN" = "STAN" + 7, "NAZWA_CALA" = left("NAZWA_CALA", 90) || %s'
IN_STEP = "SELECT count(*) FROM catalogue_product WHERE title LIKE %s"


@dataclass(frozen=True)
class Load:
    """`objects` changed at once and seen in the shop `seconds` after the commit."""

    objects: int
    seconds: float

    @property
    def per_s(self) -> float:
        return self.objects / self.seconds


def changed_goods(world: World, mark: str) -> Load:
    """Name and stock of every article change in one transaction; each gets two rows of history."""
    objects = world.value("shop", "SELECT count(*) FROM catalogue_product")
    world.run("wapro", CHANGE, mark)
    committed = time.monotonic()
    world.wait(world.idle, 1800, 0.05)
    seconds = time.monotonic() - committed
    assert world.value("shop", IN_STEP, f"%{mark}") == objects, "not everything came over"
    return Load(objects, seconds)
