"""Every part of Wiadukt as its own process, and a proxy on each way between two of them."""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from tests.chaos.postgres import Server
from tests.chaos.processes import BOOT, ROOT, Keeper
from tests.chaos.proxy import Proxy
from wiadukt.demo.erp.install import install as install_erp
from wiadukt.demo.office import mailbox
from wiadukt.demo.world import seed as seed_world
from wiadukt.runtime.signing import new_secret

BASES = ("wapro", "shop", "production")
ALWAYS = ("connector", "shop", "worker", "production")
SPARE = ("connector2", "worker2")
LEASE_S = 2.0
READY_S = 60
TOKENS = {"shop": "chaos-shop", "production": "chaos-production", "work": "chaos-work"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class World:
    """Started once; scenarios follow each other in it. `log` collects what happened in the present scenario."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log: list[str] = []
        self.began = time.monotonic()
        self.server = Server(folder / "pg")
        self.proxy = Proxy()
        self.keeper = Keeper(self.say)
        self.mail = folder / "mail"
        self.smtp = mailbox.server(self.mail, _free_port())
        self.ports = {name: _free_port() for name in ("shop", "connector", "connector2", "production")}
        self.secret = new_secret()
        self._links()
        self.buyer: subprocess.Popen[str] | None = None
        self.http = httpx.Client(timeout=20, trust_env=False)

    def say(self, text: str) -> None:
        self.log.append(f"{time.monotonic() - self.began:7.2f} {threading.current_thread().name:<9} {text}")

    # -- set-up -------------------------------------------------------------------------------------------------

    def _links(self) -> None:
        for part in ("connector", "connector2", "shop", "worker", "worker2", "production", "buyer"):
            self.proxy.add(f"{part}>pg", self.server.socket, http=False)
        self.proxy.add("connector>shop", self.ports["shop"], http=True)
        self.proxy.add("shop>connector", self.ports["connector"], http=True)
        self.proxy.add("shop>production", self.ports["production"], http=True)
        self.proxy.add("production>connector", self.ports["connector"], http=True)

    def env(self, part: str) -> dict[str, str]:
        """The part's settings; every address in them is a proxy's."""

        def base(name: str) -> str:
            port = self.proxy.links[f"{part}>pg"].port
            return f"postgresql://postgres@127.0.0.1:{port}/{name}?sslmode=disable&gssencmode=disable"

        def link(name: str) -> str:
            return f"http://127.0.0.1:{self.proxy.links[name].port}"

        to_connector = "production" if part == "production" else "shop"
        return {
            **{key: value for key, value in os.environ.items() if not key.endswith(("_DATABASE_URL", "_proxy"))},
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "wiadukt.shop.settings",
            **{f"{name.upper()}_DATABASE_URL": base(name) for name in BASES},
            "WEBHOOK_SECRETS": self.secret,
            "SHOP_EVENTS_URL": link("connector>shop") + "/sync/events",
            "SHOP_PUBLIC_URL": f"http://127.0.0.1:{self.ports['shop']}",
            "SHOP_SECRET_KEY": "chaos",
            "SHOP_MEDIA_ROOT": str(self.folder / "media"),
            "SHOP_LEASE_S": str(LEASE_S),
            "SHOP_WORKER_HEARTBEAT_S": "1",
            "DISPATCH_LEASE_S": str(LEASE_S),
            "PRODUCTION_REPORT_LEASE_S": str(LEASE_S),
            "CONNECTOR_URL": link(f"{to_connector}>connector"),
            "CONNECTOR_TOKENS": ",".join(f"{name}:{token}" for name, token in TOKENS.items()),
            "CONNECTOR_TOKEN": TOKENS[to_connector],
            "PRODUCTION_URL": link("shop>production"),
            "PRODUCTION_TOKENS": f"shop:{TOKENS['shop']}",
            "PRODUCTION_TOKEN": TOKENS["shop"],
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(self.smtp.port),
            "WAPRO_WAREHOUSES": "1,2",
        }

    def make(self) -> None:
        """From nothing to a world that is in step, kept as templates for fresh starts."""
        (self.folder / "logs").mkdir()
        for name in BASES:
            self.server.create(name)
        install_erp(self.server.url("wapro"))
        seed_world(self.server.url("wapro"), goods=40, customers=6, orders=10)
        self._command("connector", "connector", "install")
        self._command("production", "production", "migrate")
        self._command("shop", "shop", "migrate")
        self.smtp.start()
        for part in ALWAYS + SPARE:
            words = {"shop": ["shop", "web"], "production": ["production", "run"]}.get(part)
            words = words or (["shop", "worker"] if part.startswith("worker") else ["connector", "run"])
            where = ["--host", "127.0.0.1", "--port", str(self.ports[part])] if part in self.ports else []
            self.keeper.add(part, [*words, *where], self.env(part), self.folder / "logs" / f"{part}.log")
        self.keeper.begin()
        self.up()
        self._command("shop", "shop", "takeover", "--wait")
        self.ask_buyer(do="publish")
        self.down()
        for name in BASES:
            self.server.copy(name, f"{name}_fresh")
        self.up()

    def _command(self, part: str, *words: str) -> None:
        done = subprocess.run(
            [sys.executable, "-c", BOOT, "wiadukt", *words],
            env=self.env(part),
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{words}: {done.stdout[-2000:]} {done.stderr[-3000:]}"

    def fresh(self) -> None:
        """Back to the state after `make`."""
        self.down()
        for name in BASES:
            self.server.copy(f"{name}_fresh", name)
        for path in self.mail.glob("*.eml"):
            path.unlink()
        self.up()

    # -- processes ----------------------------------------------------------------------------------------------

    def up(self) -> None:
        for part in ALWAYS:
            self.keeper.want(part)
        self.wait(lambda: all(self.answers(part) for part in ("connector", "shop", "production")), READY_S, "start")

    def down(self) -> None:
        for part in ALWAYS + SPARE:
            self.keeper.want(part, up=False)
            self.keeper.kill(part)
        self._end_buyer()

    def answers(self, part: str) -> bool:
        try:
            answer = self.http.get(f"http://127.0.0.1:{self.ports[part]}/healthz", timeout=2)
        except httpx.HTTPError:
            return False
        return answer.status_code == httpx.codes.OK

    def wait(self, condition: Callable[[], object], within_s: float, what: str) -> None:
        deadline = time.monotonic() + within_s
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"{what}: not within {within_s:.0f} s")
            time.sleep(0.1)

    def close(self) -> None:
        self.keeper.end()
        self._end_buyer()
        self.smtp.stop()
        self.http.close()
        self.proxy.close()
        self.server.close()

    # -- the buyer ----------------------------------------------------------------------------------------------

    def ask_buyer(self, *, within_s: float = 30, **asked: Any) -> dict[str, Any]:
        """One act in the shop. A buyer who does not come back in time is shown out, and another one comes."""
        if self.buyer is None or self.buyer.poll() is not None:
            log = (self.folder / "logs" / "buyer.log").open("a")
            self.buyer = subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.buyer"],
                env=self.env("buyer"), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip
            log.close()
        assert self.buyer.stdin is not None
        assert self.buyer.stdout is not None
        self.buyer.stdin.write(json.dumps(asked) + "\n")
        self.buyer.stdin.flush()
        ready, _, _ = select.select([self.buyer.stdout], [], [], within_s)
        line = self.buyer.stdout.readline() if ready else ""
        if not line:
            self._end_buyer()
            return {"failed": "no answer in time"}
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _end_buyer(self) -> None:
        if self.buyer is not None:
            self.buyer.kill()
            self.buyer.wait()
            for pipe in (self.buyer.stdin, self.buyer.stdout):
                if pipe is not None:
                    with contextlib.suppress(BrokenPipeError):
                        pipe.close()
            self.buyer = None
