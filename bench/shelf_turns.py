"""Our shop and a plain Oscar asked for the same kinds of pages in turns: what else the machine does slows both."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from bench.shelf_pages import ROUNDS, WARM
from bench.table import at
from bench.world import server

MOST_S, FEWEST = 60, 15
"""A kind of page that is slow is asked for fewer times."""
OURS, PLAIN = "bench.shelf", "bench.shelf_plain"


@dataclass
class Page:
    """One kind of page: milliseconds of each time it was asked for, and the most queries."""

    took: list[float] = field(default_factory=list)
    queries: int = 0

    @property
    def p50(self) -> float:
        return statistics.median(self.took)

    @property
    def p95(self) -> float:
        return at(sorted(self.took), 0.95)


@dataclass
class Shop:
    """A process with its goods made, waiting to be asked."""

    process: subprocess.Popen[str]
    kinds: list[str] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    rebuild_s: float = 0.0

    def read(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the process ended: {self.process.args}")
        return line

    def ask(self, kind: str, *, counts: bool) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{kind}\n")
        self.process.stdin.flush()
        took, queries = json.loads(self.read())
        if counts:
            page = self.pages.setdefault(kind, Page())
            page.took.append(took)
            page.queries = max(page.queries, queries)

    def end(self) -> str:
        """Whatever it says last."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.stdout is not None
        return self.process.stdout.read()


def asked_in_turns(goods: int, *modules: str) -> dict[str, Shop]:
    """By module its shop, with every kind of page asked for ROUNDS times; the processes go on until `end`."""
    shops: dict[str, Shop] = {}
    with ExitStack() as stack:
        for module in modules:
            shops[module] = stack.enter_context(_shop(module, goods))
        kinds = dict.fromkeys(kind for shop in shops.values() for kind in shop.kinds)
        for kind in kinds:
            until = time.monotonic() + MOST_S
            for turn in range(WARM + ROUNDS):
                if turn > FEWEST and time.monotonic() > until:
                    break
                for shop in shops.values():
                    if kind in shop.kinds:
                        shop.ask(kind, counts=turn >= WARM)
        if OURS in shops:
            shops[OURS].rebuild_s = float(shops[OURS].end())
    return shops


@contextmanager
def _shop(module: str, goods: int) -> Iterator[Shop]:
    """On a base of its own."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])}
    with server() as (_folder, admin), TemporaryDirectory() as media:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute("CREATE DATABASE shelf")
        url = admin.replace("/postgres?", "/shelf?")
        words = [sys.executable, "-W", "ignore", "-m", module, url, str(goods), media]
        with subprocess.Popen(words, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            shop = Shop(process)
            shop.kinds = json.loads(shop.read())
            yield shop
            if process.stdin is not None:
                process.stdin.close()
