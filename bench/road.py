"""Changed goods on the whole road: commit in WAPRO, queue, signed event, fetch over HTTP, apply, history."""

from __future__ import annotations

import time
from dataclasses import dataclass

from bench.world import World

CHANGE = 'UPDATE dbo."ARTYKUL" SET "STAN" = "STAN" + 7, "NAZWA_CALA" = left("NAZWA_CALA", 90) || %s'
IN_STEP = "SELECT count(*) FROM catalogue_product WHERE title LIKE %s"


@dataclass(frozen=True)
class Load:
    """`objects` changed at once and seen in the shop `seconds` after the commit. `cpu_us`: by process, an object."""

    objects: int
    seconds: float
    cpu_us: dict[str, float]

    @property
    def per_s(self) -> float:
        return self.objects / self.seconds


def changed_goods(world: World, mark: str) -> Load:
    """Name and stock of every article change in one transaction; each gets two rows of history."""
    objects = world.value("shop", "SELECT count(*) FROM catalogue_product")
    world.run("wapro", CHANGE, mark)
    committed, before = time.monotonic(), world.cpu_s()
    world.wait(world.idle, 1800, 0.05)
    seconds, after = time.monotonic() - committed, world.cpu_s()
    assert world.value("shop", IN_STEP, f"%{mark}") == objects, "not everything came over"
    spent = {name: 1e6 * (cpu_s - before.get(name, 0.0)) / objects for name, cpu_s in after.items()}
    return Load(objects, seconds, spent)
