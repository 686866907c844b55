"""One change at a time on an idle system: from the commit in WAPRO until the shop shows it."""

from __future__ import annotations

import random
import time

from bench.world import World

CHANGE = 'UPDATE dbo."ARTYKUL" SET "STAN" = %s + "ZAREZERWOWANO" WHERE "INDEKS_KATALOGOWY" = %s AND "ID_MAGAZYNU" = 1'
SHOWN = "SELECT available FROM partner_stockrecord WHERE partner_sku = %s"


def single_changes(world: World, count: int) -> list[float]:
    """Seconds of each change, sorted. Pauses between them are random, so that no clock of ours is in step with them."""
    goods = [row[0] for row in world.run("wapro", ONE_CARD + " LIMIT 50")]
    took = []
    for n in range(count):
        index = goods[n % len(goods)]
        time.sleep(random.uniform(0.3, 1.3))
        wanted = 1000 + n
        world.run("wapro", CHANGE, wanted, index)
        committed = time.monotonic()
        world.wait(lambda index=index, wanted=wanted: world.value("shop", SHOWN, index) == wanted, 30, 0.01)
        took.append(time.monotonic() - committed)
    return sorted(took)


ONE_CARD = """SELECT "INDEKS_KATALOGOWY" FROM dbo."ARTYKUL" GROUP BY 1
    HAVING count(*) = 1 AND min("ID_MAGAZYNU") = 1 ORDER BY 1"""
