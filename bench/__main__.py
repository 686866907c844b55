"""`python -m bench --sizes 2000,20000`: every figure of the synchronisation beside what others need for the like.

Everything is measured in this one run on this one machine; look at the ratios, the seconds are the machine's.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import copies, jobs, orders, reconciliation, road, single
from bench.shelf_turns import OURS, PLAIN, asked_in_turns
from bench.table import Table, at
from bench.world import World, server, world

MEMORY_MB = 300
LATEST_S = 2.0
INVOICES, PAGE_MS = 20_000, 300
PANEL_MS = 1000
OPEN_JOBS, PART_MS = 10_000, 200
MOST_FOR_ODIN = 2000  # it writes some 150 a second, whatever their number


def main() -> None:
    words = argparse.ArgumentParser(prog="bench", description=__doc__)
    words.add_argument("--sizes", default="2000,20000", help="numbers of goods, by comma")
    words.add_argument("--workers", type=int, default=1, help="worker processes of the shop")
    words.add_argument("--changes", type=int, default=60, help="single changes to time")
    words.add_argument("--rate", type=int, default=20, help="orders a second")
    words.add_argument("--seconds", type=int, default=30, help="for how long orders come")
    words.add_argument("--messages", type=int, default=1_000_000, help="messages, objects and events of the panel")
    words.add_argument("--shelf", type=int, default=100_000, help="goods of which pages are shown beside plain Oscar's")
    words.add_argument(
        "--skip", default="", help="of jobs,account,board,panel,shelf,odin,dlt,single,orders,reconcile, by comma"
    )
    asked = words.parse_args()
    skipped = set(asked.skip.split(","))
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    print(f"{machine}, workers of the shop: {asked.workers}")
    table = Table()
    noop = _queues(table) if "jobs" not in skipped else None
    if "account" not in skipped:
        _account(table)
    if "panel" not in skipped:
        _panel(table, asked.messages)
    if "shelf" not in skipped:
        _shelf(table, asked.shelf)
    if "board" not in skipped:
        _board(table)
    sizes = sorted(map(int, asked.sizes.split(",")))
    for size in sizes:
        with world(size, asked.workers) as made:
            _goods(table, made, size, noop, skipped)
            if "reconcile" not in skipped:
                _comparisons(table, made, size, skipped)
            costs = _people(table, made, asked, skipped) if size == sizes[0] else {}
            peaks = made.peaks_mb()
            table.row(f"{size:,} goods: peak memory, MB", "", ", ".join(f"{name} {mb}" for name, mb in peaks.items()))
            most = max(peaks.values())
            table.target(f"memory of each process: {MEMORY_MB} MB at most", f"{most} MB", met=most <= MEMORY_MB)
        for what, cost in costs.items():
            table.processor(what, cost)
    table.end()


def _queues(table: Table) -> float:
    with _base("jobs") as url:
        noop = jobs.procrastinate_jobs(url)
        table.row("no-op jobs, one an object, procrastinate", f"{noop:,.0f}/s", "1")
    with _base("jobs") as url:
        four = jobs.procrastinate_jobs(url, concurrency=4)
        table.row("the same, four at a time", f"{four:,.0f}/s", f"{four / noop:.1f}")
    with _base("jobs") as url:
        other = jobs.pgqueuer_jobs(url)
        table.row(
            "no-op jobs, one an object, PgQueuer (drain, 1,000 a batch)", f"{other:,.0f}/s", f"{other / noop:.1f}"
        )
    return noop


def _account(table: Table) -> None:
    """The page of invoices of a great buyer."""
    with _base("account") as url:
        worst, _space, told = _child("bench.account", url, str(INVOICES)).partition(" ")
    table.row(f"page of a company with {INVOICES:,} invoices, median and p95", told)
    table.target(f"page of {INVOICES:,} invoices: p95 {PAGE_MS} ms", f"{worst} ms", met=float(worst) <= PAGE_MS)


def _panel(table: Table, messages: int) -> None:
    """The pages of the control panel over the traffic of months."""
    with _base("panel") as url:
        told = json.loads(_child("bench.panel", url, str(messages)))
    for page, (median, tail, queries) in told.items():
        table.row(
            f"panel, {messages:,} messages and as many objects: {page}", f"{median} ms, {tail} ms", f"{queries} queries"
        )
    worst, page = max((tail, page) for page, (_median, tail, _queries) in told.items())
    table.target(f"panel with {messages:,} messages: p95 {PANEL_MS} ms", f"{worst} ms ({page})", met=worst <= PANEL_MS)


def _shelf(table: Table, goods: int) -> None:
    """Pages of goods, ours and a plain Oscar's in turns, and ours with a tenth of the goods: queries may not grow."""
    few = asked_in_turns(goods // 10, OURS)[OURS]
    shops = asked_in_turns(goods, OURS, PLAIN)
    ours, plain = shops[OURS], shops[PLAIN]
    slowest = 0.0
    for kind, page in ours.pages.items():
        other = plain.pages.get(kind)
        told = f"{page.p50:.0f} ms, {page.p95:.0f} ms, {page.queries}"
        ratio = f"{page.p50 / other.p50:.2f} x, {page.p95 / other.p95:.2f} x plain Oscar" if other else ""
        table.row(f"{goods:,} goods, {kind}: p50, p95, queries", told, ratio)
        if other:
            slowest = max(slowest, page.p95 / other.p95)
            table.row("the same in plain Oscar", f"{other.p50:.0f} ms, {other.p95:.0f} ms, {other.queries}", "1")
    table.row(f"the searched text of {goods:,} goods made anew by its migration", f"{ours.rebuild_s:.1f} s")
    table.target("pages of goods: p95 not above plain Oscar's", f"at most {slowest:.2f} x", met=slowest <= 1)
    grows = [kind for kind, page in ours.pages.items() if page.queries > few.pages[kind].queries]
    target = "pages of goods: as many queries for ten times the goods"
    table.target(target, ", ".join(grows) or "as many", met=not grows)


def _goods(table: Table, made: World, size: int, noop: float | None, skipped: set[str]) -> None:
    loads = [road.changed_goods(made, mark) for mark in (" A", " B", " C")[: 3 if size < 50_000 else 1]]
    rate = sorted(load.per_s for load in loads)[len(loads) // 2]
    ratio = f"{rate / noop:.1f} x procrastinate's no-op" if noop else ""
    table.row(f"{size:,} changed goods, WAPRO's commit to the shop's history", f"{rate:,.0f}/s", ratio)
    spent = sorted(loads[-1].cpu_us.items(), key=lambda cost: -cost[1])
    table.row("processor time of each, µs", f"{sum(us for _name, us in spent):,.0f}",
              ", ".join(f"{name} {us:.0f}" for name, us in spent if us >= 1))  # fmt: skip
    table.target("changed goods: 2,000 a second", f"{rate:,.0f}/s of {size:,}", met=rate >= 2000)
    if noop:
        target = "changed goods: 10 x procrastinate's no-op job an object"
        table.target(target, f"{rate / noop:.1f} x of {size:,}", met=rate >= 10 * noop)
    if "odin" not in skipped and size <= MOST_FOR_ODIN:
        with _base("odin") as url:
            alone = size / float(_child("bench.odin_oscar", url, str(size)))
        ratio = f"the road is {rate / alone:.1f} x as fast"
        table.row(f"{size:,} goods written by django-oscar-odin alone", f"{alone:,.0f}/s", ratio)
        table.target("changed goods: faster than django-oscar-odin alone", f"{rate / alone:.1f} x", met=rate > alone)


def _comparisons(table: Table, made: World, size: int, skipped: set[str]) -> None:
    with _base("copied") as url:
        floor = min(copies.copied(made.url("wapro"), url) for _ in range(3))
    table.row(f"{size:,} goods: COPY of the tables compared through Python, the floor", f"{floor:.2f} s", "1")
    same = min(reconciliation.nothing_differs(made) for _ in range(3))
    table.row(f"{size:,} goods compared, nothing differs", f"{same:.2f} s", f"{same / floor:.1f} x COPY")
    table.target("nothing differs: 2 x COPY", f"{same / floor:.1f} x at {size:,}", met=same <= 2 * floor)
    different = reconciliation.everything_differs(made)
    table.row(f"{size:,} goods compared, all differ, repaired with history", f"{different:.1f} s")
    if "dlt" not in skipped:
        with _base("merged") as url:
            seconds = float(_child("bench.copies", made.url("wapro"), url, str(made.folder / "dlt")))
        ratio = f"{different / seconds:.1f} x"
        table.row(
            f"{size:,} goods: dlt merge of the table, pyarrow", f"{seconds:.1f} s", f"the repair takes {ratio} as long"
        )
        table.target("all differ: not slower than dlt/pyarrow", f"{ratio} as long at {size:,}",
                     met=different <= seconds)  # fmt: skip


def _people(table: Table, made: World, asked: argparse.Namespace, skipped: set[str]) -> dict[str, dict[str, float]]:
    """One change after another, then orders; what an order costs comes back."""
    if "single" not in skipped:
        took = single.single_changes(made, asked.changes)
        figure = f"{at(took, 0.5):.2f} s, {at(took, 0.99):.2f} s"
        table.row(f"one change on an idle system, median and p99 of {len(took)}", figure)
        table.target("a single change: median 0.5 s, p99 1.5 s", figure,
                     met=at(took, 0.5) <= 0.5 and at(took, 0.99) <= 1.5)  # fmt: skip
    if "orders" in skipped:
        return {}
    placed = orders.placed_orders(made, asked.rate, asked.seconds)
    rates = f"{placed.said_per_s:.1f} of {asked.rate}/s said, {placed.taken_per_s:.1f}/s taken"
    for to, took in placed.took.items():
        table.row(f"order of {orders.LINES} lines to {to}, median and p99; {rates}",
                  f"{at(took, 0.5):.2f} s, {at(took, 0.99):.2f} s")  # fmt: skip
    latest = max(at(took, 0.99) for took in placed.took.values())
    table.row("processors busy while orders came", f"{placed.busy:.2f}", f"of {os.cpu_count()}")
    table.target(f"orders to WAPRO and production: p99 {LATEST_S:.0f} s at {asked.rate} a second",
                 f"{latest:.2f} s at {placed.said_per_s:.1f}/s",
                 met=latest <= LATEST_S and placed.said_per_s >= 0.95 * asked.rate)  # fmt: skip
    checkout = orders.checkout_ms(made)
    return {
        f"an order of {orders.LINES} lines on its road": placed.cpu_ms,
        "the checkout before it, in the shop's web": checkout,
    }


def _board(table: Table) -> None:
    """What a planner waits for."""
    with _base("board") as url:
        worst, _space, told = _child("bench.board", url, str(OPEN_JOBS)).partition(" ")
    for one in told.split("; "):
        table.row(f"planner with {OPEN_JOBS:,} open job orders, median and p95: {one.partition(' ')[0]}", one)
    table.target(
        f"board and plan of {OPEN_JOBS:,} job orders: p95 {PART_MS} ms", f"{worst} ms", met=float(worst) <= PART_MS
    )


@contextmanager
def _base(name: str) -> Iterator[str]:
    """An empty base on a server of its own."""
    with server() as (_folder, admin):
        import psycopg

        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield admin.replace("/postgres?", f"/{name}?")


def _child(*words: str) -> str:
    """In a process of its own: it has settings of its own. The last line it prints."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])}
    done = subprocess.run([sys.executable, "-W", "ignore", "-m", *words], env=env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout.strip().splitlines()[-1]


main()
