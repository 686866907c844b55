"""One scenario: its plan is carried out in lanes side by side, all is healed, and the world must come to rest."""

from __future__ import annotations

import threading
import time
import uuid
from typing import Any

import httpx
import psycopg

from tests.chaos import office
from tests.chaos.compare import findings
from tests.chaos.plan import LANES, Step, make
from tests.chaos.proxy import Mood
from tests.chaos.snapshot import Snapshot
from tests.chaos.world import ALWAYS, SPARE, World
from wiadukt.demo.office.base import OfficeError, transaction

REST_S = 75
# Upstream first: what is said while we look downstream can only have come from what we have already seen to be empty.
UNREST = [
    ("shop", "messages", "SELECT count(*) AS n FROM outbox_outboundmessage WHERE state = 'waiting'"),
    ("production", "reports", "SELECT order_number FROM report WHERE state = 'waiting'"),
    ("wapro", "queue", "SELECT count(*) AS n FROM wiadukt.kolejka WHERE status = 'przyjety'"),
    ("shop", "inbox", "SELECT count(*) AS n FROM sync_inboxobject WHERE state = 'waiting'"),
    (
        "shop",
        "jobs",
        """SELECT count(*) AS n FROM procrastinate_jobs WHERE status IN ('todo', 'doing')
        AND task_name IN ('wiadukt.invite', 'wiadukt.deliver')""",
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
    ("production", "UPDATE report SET next_attempt_at = now() WHERE state = 'waiting' AND next_attempt_at > now()"),
]


class Failed(AssertionError):
    """What was found, the seed, the plan and what happened."""


def run(world: World, seed: int) -> None:
    """Raises Failed with everything needed to play the scenario again."""
    world.log.clear()
    world.began = time.monotonic()
    steps = make(seed)
    before = Snapshot.take(world)
    try:
        _play(world, steps)
        _heal(world)
        _rest(world)
        found = findings(world, before)
        world.say("compared")
    except (AssertionError, psycopg.Error, httpx.HTTPError) as error:
        found = [f"{type(error).__name__}: {error}"]
    (world.folder / "logs" / f"scenario-{seed}.log").write_text("\n".join(world.log))
    if found:
        plan = "\n".join(map(str, steps))
        raise Failed(
            f"seed {seed}\n\nFOUND\n" + "\n".join(found[:40]) + f"\n\nPLAN\n{plan}\n\nLOG\n" + "\n".join(world.log)
        )


def _play(world: World, steps: list[Step]) -> None:
    began = time.monotonic()
    undo: list[tuple[float, str, dict[str, Any]]] = []

    def lane(name: str) -> None:
        for step in steps:
            if step.lane == name:
                time.sleep(max(0.0, began + step.at - time.monotonic()))
                _act(world, step, undo)

    threads = [threading.Thread(target=lane, args=(name,), name=name) for name in LANES]
    undoer = threading.Thread(target=_undo, args=(world, began, undo, threads), name="undo")
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
            done = str(world.ask_buyer(do="order", remarks=uuid.uuid4().hex, within_s=15, **step.args))
        elif step.lane == "floor":
            done = _tap(world, **step.args)
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
            world.say(f"{what} over")
        time.sleep(0.02)


def _heal(world: World) -> None:
    world.proxy.heal()
    for part in SPARE:
        world.keeper.want(part, up=False)
        world.keeper.kill(part)
    for part in ALWAYS:
        world.keeper.freeze(part, stopped=False)
    world.up()
    world.say(f"healed; links did { ({n: k.counts for n, k in world.proxy.links.items() if k.counts}) }")
    for link in world.proxy.links.values():
        link.counts.clear()


def _rest(world: World) -> None:
    """Until nothing is on its way any more."""
    deadline, nudged = time.monotonic() + REST_S, 0.0
    while (unrest := _unrest(world)) is not None:
        if time.monotonic() > deadline:
            raise AssertionError(f"no rest after {REST_S} s: {unrest}\n{_stuck(world)}")
        if time.monotonic() - nudged > 1:
            nudged = time.monotonic()
            for base, query in NUDGES:
                with world.server.connect(base) as connection:
                    connection.execute(query.encode())
        time.sleep(0.1)
    world.say("at rest")


def _unrest(world: World) -> str | None:
    for base, what, query in UNREST:
        found = world.server.rows(base, query)
        if what == "reports":
            # Production works on what WAPRO refused, too; nobody takes the report of such an order.
            refused = "SELECT key FROM outbox_outboundmessage WHERE kind = 'order_placed' AND state = 'rejected'"
            known = {one["key"] for one in world.server.rows("shop", refused)}
            found = [one for one in found if one["order_number"] not in known]
        count = len(found) if what == "reports" else found[0]["n"]
        if count:
            return f"{count} {what}"
    return None


def _stuck(world: World) -> str:
    queries = {
        "shop": [
            "SELECT * FROM outbox_outboundmessage WHERE state = 'waiting'",
            "SELECT * FROM sync_inboxobject WHERE state = 'waiting' LIMIT 5",
            "SELECT * FROM procrastinate_jobs WHERE status IN ('todo', 'doing')",
            "SELECT * FROM procrastinate_workers",
        ],
        "wapro": ["SELECT * FROM wiadukt.kolejka WHERE status = 'przyjety' LIMIT 5"],
        "production": ["SELECT * FROM report WHERE state = 'waiting' LIMIT 5"],
    }
    return "\n".join(
        str(row) for base, texts in queries.items() for text in texts for row in world.server.rows(base, text)
    )
