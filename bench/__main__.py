"""`python -m bench --sizes 2000,20000`: every figure of the synchronisation beside what others need for the like.

Everything is measured in this one run on this one machine; look at the ratios, the seconds are the machine's.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import copies, jobs, orders, reconciliation, road, single
from bench.world import World, server, world


class Table:
    """Rows as they come: printed at once, since a run lasts minutes."""

    def __init__(self) -> None:
        print(f"| {'measured':<66} | {'figure':>16} | ratio |\n|{'-' * 68}|{'-' * 18}|-------|", flush=True)

    def row(self, what: str, figure: str, ratio: str = "") -> None:
        print(f"| {what:<66} | {figure:>16} | {ratio} |", flush=True)


def main() -> None:
    words = argparse.ArgumentParser(prog="bench", description=__doc__)
    words.add_argument("--sizes", default="2000,20000", help="numbers of goods, by comma")
    words.add_argument("--workers", type=int, default=1, help="worker processes of the shop")
    words.add_argument("--changes", type=int, default=60, help="single changes to time")
    words.add_argument("--rate", type=int, default=20, help="orders a second")
    words.add_argument("--seconds", type=int, default=30, help="for how long orders come")
    words.add_argument("--skip", default="", help="of jobs,odin,dlt,single,orders,reconcile, by comma")
    asked = words.parse_args()
    skipped = set(asked.skip.split(","))
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    print(f"{machine}, workers of the shop: {asked.workers}\n")
    table = Table()
    noop = _queues(table) if "jobs" not in skipped else None
    for size in map(int, asked.sizes.split(",")):
        with world(size, asked.workers) as made:
            _goods(table, made, size, noop, skipped)
            if "reconcile" not in skipped:
                _comparisons(table, made, size, skipped)
            if size == min(map(int, asked.sizes.split(","))):
                _people(table, made, asked, skipped)
            peaks = ", ".join(f"{name} {mb}" for name, mb in made.peaks_mb().items())
            table.row(f"{size:,} goods: peak memory, MB", "", peaks)


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


def _goods(table: Table, made: World, size: int, noop: float | None, skipped: set[str]) -> None:
    loads = [road.changed_goods(made, mark) for mark in (" A", " B", " C")]
    rate = sorted(load.per_s for load in loads)[1]
    ratio = f"{rate / noop:.1f} x procrastinate's no-op" if noop else ""
    table.row(f"{size:,} changed goods, WAPRO's commit to the shop's history", f"{rate:,.0f}/s", ratio)
    if "odin" not in skipped:
        with _base("odin") as url:
            seconds = float(_child("bench.odin_oscar", url, str(size)))
        table.row(f"{size:,} goods written by django-oscar-odin alone", f"{size / seconds:,.0f}/s",
                  f"the road is {rate * seconds / size:.1f} x as fast")  # fmt: skip


def _comparisons(table: Table, made: World, size: int, skipped: set[str]) -> None:
    with _base("copied") as url:
        floor = min(copies.copied(made.url("wapro"), url) for _ in range(3))
    table.row(f"{size:,} goods: COPY of the table through Python, the floor", f"{floor:.2f} s", "1")
    same = min(reconciliation.nothing_differs(made) for _ in range(3))
    table.row(f"{size:,} goods compared, nothing differs", f"{same:.2f} s", f"{same / floor:.1f} x COPY")
    different = reconciliation.everything_differs(made)
    table.row(f"{size:,} goods compared, all differ, repaired with history", f"{different:.1f} s")
    if "dlt" not in skipped:
        with _base("merged") as url:
            seconds = float(_child("bench.copies", made.url("wapro"), url, str(made.folder / "dlt")))
        table.row(f"{size:,} goods: dlt merge of the table, pyarrow", f"{seconds:.1f} s",
                  f"the repair takes {different / seconds:.1f} x as long")  # fmt: skip


def _people(table: Table, made: World, asked: argparse.Namespace, skipped: set[str]) -> None:
    if "single" not in skipped:
        took = single.single_changes(made, asked.changes)
        table.row(f"one change on an idle system, median and p99 of {len(took)}",
                  f"{_at(took, 0.5):.2f} s {_at(took, 0.99):.2f} s")  # fmt: skip
    if "orders" not in skipped:
        reached, answers = orders.placed_orders(made, asked.rate, asked.seconds)
        for to, took in answers.items():
            table.row(f"order of 10 lines to {to}, {reached:.0f} of {asked.rate}/s reached, median and p99",
                      f"{_at(took, 0.5):.2f} s {_at(took, 0.99):.2f} s")  # fmt: skip


def _at(values: list[float], share: float) -> float:
    """The value below which this share of the sorted ones lies."""
    return values[min(len(values) - 1, int(len(values) * share))]


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
