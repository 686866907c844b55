"""Comparing all goods: when nothing differs, and when everything does."""

from __future__ import annotations

import psycopg

from bench.road import IN_STEP
from bench.world import World

SINCE = "SELECT extract(epoch FROM clock_timestamp() - started_at) FROM sync_reconciliation ORDER BY id DESC LIMIT 1"
RUN = """SELECT extract(epoch FROM finished_at - started_at)::float, compared, drifted
    FROM sync_reconciliation ORDER BY id DESC LIMIT 1"""


def nothing_differs(world: World) -> float:
    """Seconds of one comparison of the goods."""
    world.command("shop", "reconcile", "--kind", "product")
    seconds, compared, drifted = world.run("shop", RUN)[0]
    assert drifted == 0, f"{drifted} of {compared} differ"
    return float(seconds)


def everything_differs(world: World) -> float:
    """Seconds from the start of the comparison until the last article is repaired."""
    mark = " R"
    with psycopg.connect(world.url("wapro"), autocommit=True) as unseen:
        unseen.execute("SET session_replication_role = replica")  # as after an update that dropped the triggers
        unseen.execute('UPDATE dbo."ARTYKUL" SET "NAZWA_CALA" = left("NAZWA_CALA", 90) || %s', [mark])
    objects = world.value("shop", "SELECT count(*) FROM catalogue_product")
    world.command("shop", "reconcile", "--kind", "product", check=False)
    world.wait(lambda: world.value("shop", IN_STEP, f"%{mark}") == objects, 1800, 0.1)
    return float(world.value("shop", SINCE))
