"""Troubles of what is on its way: an object that can't be read, a queue that nobody takes, nobody who works, a machine."""

from __future__ import annotations

import httpx

from wiadukt.demo.troubles.stage import Stage, Trouble

NOBODY_S_PORT = 43
"""Above the demo's first port: nobody listens there."""
POISONED = """
UPDATE dbo."ARTYKUL" SET "CENA_PROMOCJI_N" = 1, "PROMOCJA_OD" = 1 WHERE "ID_ARTYKULU" = (
    SELECT min("ID_ARTYKULU") FROM dbo."ARTYKUL" WHERE "DOSTEPNY_W_SKLEPIE_INTER" = 1 AND coalesce("CENA_PROMOCJI_N", 0) = 0)
"""
HEALED = 'UPDATE dbo."ARTYKUL" SET "CENA_PROMOCJI_N" = 0, "PROMOCJA_OD" = 0 WHERE "PROMOCJA_OD" = 1'
GOODS = 'UPDATE dbo."ARTYKUL" SET "STAN" = "STAN" + %s WHERE "DOSTEPNY_W_SKLEPIE_INTER" = 1'
REFUSED = "SELECT job_id FROM machine_job WHERE state = 'refused' AND machine_id = 'saw'"
DRILLED = ("-1100-", "-1313-")
"""In the indexes of fronts that go to the drill first."""


def _poison(stage: Stage) -> None:
    """A card with a promotion that begins on an impossible day."""
    stage.erp(POISONED)


def _heal(stage: Stage) -> None:
    stage.erp(HEALED)


def _fill_queue(stage: Stage) -> None:
    """The shop moved to another address and nobody told the connector: whatever changes in WAPRO piles up there."""
    stage.down("connector", port="connector")
    stage.erp(GOODS, 1)
    stage.run_with("connector", SHOP_EVENTS_URL=f"http://127.0.0.1:{stage.ports.base + NOBODY_S_PORT}/sync/events")


def _empty_queue(stage: Stage) -> None:
    stage.erp(GOODS, -1)
    stage.as_usual("connector")


def _kill_worker(stage: Stage) -> None:
    stage.down("worker")


def _start_worker(stage: Stage) -> None:
    stage.as_usual("worker")


def _let_machine_refuse(stage: Stage) -> None:
    stage.down("machines", port="opcua")
    stage.run_with("machines", DEMO_MACHINE_REFUSES="saw")
    stage.open_shop()
    from wiadukt.demo.troubles import in_shop

    in_shop.order(fits=lambda index: index.startswith("FF-") and not any(part in index for part in DRILLED))


def _mend_machine(stage: Stage) -> None:
    """The machine is well again, and a person at the terminal gives it its jobs once more."""
    stage.down("machines", port="opcua")
    stage.as_usual("machines")
    for (job,) in stage.floor(REFUSED):
        where = f"{stage.ports.url('production')}/terminal/{job}/machine"
        httpx.post(where, data={"machine": "saw"}, trust_env=False, follow_redirects=True).raise_for_status()


TROUBLES = {
    "poisoned_object": Trouble("a card of WAPRO's can't be read", _poison, _heal),
    "full_queue": Trouble("changes pile up in WAPRO's queue", _fill_queue, _empty_queue),
    "dead_worker": Trouble("the shop's worker died", _kill_worker, _start_worker),
    "refusing_machine": Trouble("a machine refuses its jobs", _let_machine_refuse, _mend_machine),
}
