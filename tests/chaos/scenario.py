"""One scenario: its plan is carried out in lanes side by side, all is healed, and the world must come to rest."""

from __future__ import annotations

import threading
import time
import uuid
from typing import Any

import httpx
import psycopg
from sqlalchemy.exc import SQLAlchemyError

from tests.chaos import capture, office
from tests.chaos.compare import findings
from tests.chaos.plan import LANES, Plan, Step, make
from tests.chaos.proxy import Mood
from tests.chaos.snapshot import Snapshot
from tests.chaos.world import ALWAYS, EMPTY, READY_S, SPARE, World
from wiadukt.contract.errors import WiaduktError
from wiadukt.demo.office.base import OfficeError, transaction

STILL_S = 90
"""Nothing at all has changed for so long: it will not come to rest. A slow machine changes something all the while."""
REST_S = 400
NOT_IN_WAPRO = """SELECT m.key FROM outbox_outboundmessage m JOIN order_order o ON o.number = m.key
    WHERE m.kind = 'order_placed' AND m.state IN ('rejected', 'discarded') AND o.erp_id IS NULL"""
UNKNOWN_GAP = "the shop does not know when the last gap ended"
GAP_ENDED = "SELECT max(zakonczono) AS at FROM wiadukt.luka"
GAP_SEEN = "SELECT gap_ended_at AS at FROM sync_connectorstate"
# Upstream first: what is said while we look downstream can only have come from what we have already seen to be empty.
UNREST = [
    ("wapro", "gaps", "SELECT count(*) AS n FROM wiadukt.luka WHERE zakonczono IS NULL"),
    ("shop", "comparisons", "SELECT count(*) AS n FROM sync_reconciliation WHERE state = 'running'"),
    ("shop", "messages", "SELECT count(*) AS n FROM outbox_outboundmessage WHERE state = 'waiting'"),
    ("production", "reports", "SELECT order_number FROM report WHERE state = 'waiting'"),
    ("wapro", "queue", "SELECT count(*) AS n FROM wiadukt.kolejka WHERE status = 'przyjety'"),
    ("shop", "inbox", "SELECT count(*) AS n FROM sync_inboxobject WHERE state = 'waiting'"),
    (
        "shop",
        "jobs",
        """SELECT count(*) AS n FROM procrastinate_jobs WHERE status IN ('todo', 'doing')
        AND task_name IN ('wiadukt.invite', 'wiadukt.confirm_order')""",
    ),
]
# What is put off by a back-off is due at once: the hours of an outage pass in a moment.
NUDGES = [
    ("wapro", "UPDATE wiadukt.kolejka SET nastepna_proba = now() WHERE status = 'przyjety' AND nastepna_proba > now()"),
    (
        "shop",
        "UPDATE sync_inboxobject SET next_attempt_at = now() WHERE state = 'waiting' AND next_attempt_at > now()",
    ),
    (
        "shop",
        "UPDATE outbox_outboundmessage SET next_attempt_at = now() WHERE state = 'waiting' AND next_attempt_at > now()",
    ),
    ("shop", "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo' AND scheduled_at > now()"),
    ("shop", "UPDATE sync_reconciliation SET claimed_until = now() WHERE state = 'running' AND claimed_until > now()"),
    ("production", "UPDATE report SET next_attempt_at = now() WHERE state = 'waiting' AND next_attempt_at > now()"),
]


class Failed(AssertionError):
    """What was found, the seed, the plan and what happened."""


def run(world: World, seed: int) -> None:
    """Raises Failed with everything needed to play the scenario again."""
    plan = make(seed)
    if plan.flag_day:
        world.back_to(EMPTY)
    world.buyer.come()
    if plan.flag_day:
        world.admin.come()
    world.log.clear()
    world.began = time.monotonic()
    before = Snapshot.take(world)
    try:
        _play(world, list(plan.steps))
        _heal(world, plan)
        _rest(world)
        _compare(world)
        found = findings(world, before, plan)
        world.say("compared")
    except (AssertionError, psycopg.Error, httpx.HTTPError) as error:
        found = [f"{type(error).__name__}: {error}"]
    for one in found[:40]:
        world.say(f"FOUND {one}")
    (world.folder / "logs" / f"scenario-{seed}.log").write_text("\n".join(world.log))
    if found:
        steps = "\n".join(map(str, plan.steps))
        raise Failed(
            f"seed {seed}\n\nFOUND\n" + "\n".join(found[:40]) + f"\n\nPLAN\n{steps}\n\nLOG\n" + "\n".join(world.log)
        )


def _play(world: World, steps: list[Step]) -> None:
    began = time.monotonic()
    undo: list[tuple[float, str, dict[str, Any]]] = []

    def lane(name: str) -> None:
        for step in steps:
            if step.lane == name:
                time.sleep(max(0.0, began + step.at - time.monotonic()))
                _act(world, step, undo)

    threads = [threading.Thread(target=lane, args=(name,), name=name, daemon=True) for name in LANES]
    undoer = threading.Thread(target=_undo, args=(world, began, undo, threads), name="undo", daemon=True)
    for thread in [*threads, undoer]:
        thread.start()
    for thread in [*threads, undoer]:
        thread.join()


def _act(world: World, step: Step, undo: list[tuple[float, str, dict[str, Any]]]) -> None:
    try:
        if step.lane == "office":
            with transaction(world.server.url("wapro")) as connection:
                done = office.ACTS[step.what](connection, step.args["which"], step.args["how"])
        elif step.lane == "buyers":
            answer = world.buyer.ask(do="order", remarks=uuid.uuid4().hex, within_s=40, **step.args)
            world.orders.update(answer.keys())
            done = str(answer)
        elif step.lane == "admin":
            done = str(world.admin.ask(do={"takeover": "take_over"}.get(step.what, step.what)))
        elif step.lane == "floor":
            done = _tap(world, **step.args)
        elif step.lane == "staff":
            done = _at_the_panel(world, step)
        else:
            done = _fault(world, step)
            if "for_s" in step.args:
                undo.append((step.at + step.args["for_s"], step.what, step.args))
    except (office.Nothing, OfficeError, psycopg.Error, httpx.HTTPError) as error:
        done = f"not done: {type(error).__name__} {str(error).strip()[:100]}"
    world.say(f"{step.what} {step.args if step.lane == 'faults' else ''} -> {done}")


def _tap(world: World, which: float, action: str) -> str:
    jobs = world.server.rows("production", "SELECT id, quantity, good FROM job_order ORDER BY id DESC LIMIT 8")
    if not jobs:
        raise office.Nothing
    job = jobs[int(which * len(jobs))]
    form = {"action": action, "token": uuid.uuid4().hex, "note": "chaos", "quantity": str(job["quantity"])}
    answer = world.http.post(f"http://127.0.0.1:{world.ports['production']}/terminal/{job['id']}/steps", data=form)
    return f"{job['id']} {answer.status_code}"


def _at_the_panel(world: World, step: Step) -> str:
    """What staff does with a comparison or with one of the messages that are not done, or are discarded."""
    if step.what == "compare":
        return world.staff.press("comparison/now/")
    wanted = {
        "retry": "state IN ('waiting', 'rejected')",
        "edit": "state IN ('waiting', 'rejected') AND kind = 'order_placed'",
        "discard": "state IN ('waiting', 'rejected')",
        "take_back": "state = 'discarded'",
    }[step.what]
    query = f"SELECT id, key, kind, payload FROM outbox_outboundmessage WHERE {wanted} ORDER BY id DESC LIMIT 6"
    found = world.server.rows("shop", query)
    if not found:
        raise office.Nothing
    message = found[int(step.args["which"] * len(found))]
    path = f"sync/messages/{message['id']}/"
    if step.what == "edit":
        done = world.staff.edit(message)
    elif step.what == "retry":
        done = world.staff.press(f"{path}again/")
    else:
        done = world.staff.press(f"{path}{step.what.replace('_', '-')}/", reason="chaos")
    return f"{message['kind']} {message['key']} {done}"


def _fault(world: World, step: Step) -> str:
    args = step.args
    if step.what == "link":
        world.proxy.set(args["link"], Mood(**args["mood"]))
        if args["mood"].get("refuse"):
            world.proxy.cut_open(args["link"])
    elif step.what == "cut_open":
        world.proxy.cut_open(args["link"])
    elif step.what == "kill":
        world.keeper.kill(args["part"], args["pause_s"])
    elif step.what == "freeze":
        world.keeper.freeze(args["part"], stopped=True)
    elif step.what == "shop_down":
        world.keeper.want("shop", up=False)
        world.keeper.kill("shop")
    elif step.what == "capture":
        capture.who_mends(world.keeper, connector=args["mended_by"] == "connector")
        return capture.harm(world.server, args["how"], args["tables"])
    elif step.what == "postgres":
        world.server.stop("immediate")
        world.server.start()
    else:
        world.keeper.want({"second_connector": "connector2", "second_worker": "worker2"}[step.what])
    return "on"


def _undo(world: World, began: float, undo: list[Any], lanes: list[threading.Thread]) -> None:
    """Ends each fault at its time, in order of these times."""
    while any(thread.is_alive() for thread in lanes) or undo:
        for one in sorted(undo, key=lambda one: one[0]):
            at, what, args = one
            if time.monotonic() - began < at:
                break
            undo.remove(one)
            if what == "link":
                world.proxy.set(args["link"], Mood())
            elif what == "freeze":
                world.keeper.freeze(args["part"], stopped=False)
            elif what in ("second_connector", "second_worker"):
                name = {"second_connector": "connector2", "second_worker": "worker2"}[what]
                world.keeper.want(name, up=False)
                world.keeper.kill(name)
            elif what == "capture" and args["mended_by"] == "hand":
                _mend_capture(world)
            world.say(f"{what} over")
        time.sleep(0.02)


def _mend_capture(world: World) -> None:
    try:
        capture.install_by_hand(world.server)
    except (WiaduktError, SQLAlchemyError) as error:
        world.say(f"capture not mended: {error}")


def _heal(world: World, plan: Plan) -> None:
    world.proxy.heal()
    for part in SPARE:
        world.keeper.want(part, up=False)
        world.keeper.kill(part)
    for part in ALWAYS:
        world.keeper.freeze(part, stopped=False)
    capture.who_mends(world.keeper, connector=True)
    world.up()
    if plan.flag_day:
        # Whoever does the flag day sees whether it ended, and does it again if not.
        world.wait(world.takes_over, READY_S, "takeover")
    world.say(f"healed; links did { ({n: k.counts for n, k in world.proxy.links.items() if k.counts}) }")
    for link in world.proxy.links.values():
        link.counts.clear()


def _rest(world: World) -> None:
    """Until nothing is on its way any more."""
    began = changed = nudged = time.monotonic()
    last = ""
    while (unrest := _unrest(world)) is not None:
        now = time.monotonic()
        if unrest != last:
            last, changed = unrest, now
        if now - changed > STILL_S or now - began > REST_S:
            raise AssertionError(f"no rest after {now - began:.0f} s: {unrest}\n{_stuck(world)}")
        if now - nudged > 1:
            nudged = now
            for base, query in NUDGES:
                with world.server.connect(base) as connection:
                    connection.execute(query.encode())
            if unrest.startswith(UNKNOWN_GAP):
                world.admin.ask(do="look")
        time.sleep(0.1)
    world.say("at rest")


def _unrest(world: World) -> str | None:
    on = capture.switched_on(world.server)
    if on != world.triggers:
        return f"{on} of {world.triggers} triggers"
    ended, seen = world.server.rows("wapro", GAP_ENDED)[0]["at"], world.server.rows("shop", GAP_SEEN)
    if ended is not None and (not seen or seen[0]["at"] != ended):
        return f"{UNKNOWN_GAP}: {ended}"
    for base, what, query in UNREST:
        found = world.server.rows(base, query)
        if what == "reports":
            # Production works on what WAPRO refused, too; nobody takes the report of such an order.
            known = {one["key"] for one in world.server.rows("shop", NOT_IN_WAPRO)}
            found = [one for one in found if one["order_number"] not in known]
        count = len(found) if what == "reports" else found[0]["n"]
        if count:
            return f"{count} {what}"
    return None


def _compare(world: World) -> None:
    """The product's own comparison must see what ours does: it changes nothing, and is read among the findings."""
    newest = "SELECT coalesce(max(id), 0) AS n FROM sync_reconciliation"
    before = world.server.rows("shop", newest)[0]["n"]
    world.wait(lambda: _pressed(world) and world.server.rows("shop", newest)[0]["n"] > before, 60, "comparison")
    world.wait(lambda: _unrest(world) is None, STILL_S, "last comparison")


def _pressed(world: World) -> bool:
    """Whether the shop took it; it has just been started, and its first answer may be late."""
    try:
        return world.staff.press("comparison/now/", dry="1") == "302"
    except httpx.HTTPError:
        return False


def _stuck(world: World) -> str:
    queries = {
        "shop": [
            "SELECT * FROM outbox_outboundmessage WHERE state = 'waiting'",
            "SELECT * FROM sync_inboxobject WHERE state = 'waiting' LIMIT 5",
            "SELECT * FROM procrastinate_jobs WHERE status IN ('todo', 'doing')",
            "SELECT * FROM procrastinate_workers",
            "SELECT * FROM sync_reconciliation WHERE state = 'running'",
        ],
        "wapro": ["SELECT * FROM wiadukt.kolejka WHERE status = 'przyjety' LIMIT 5"],
        "production": ["SELECT * FROM report WHERE state = 'waiting' LIMIT 5"],
    }
    return "\n".join(
        str(row) for base, texts in queries.items() for text in texts for row in world.server.rows(base, text)
    )
