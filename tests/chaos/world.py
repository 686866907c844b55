"""Every part of Wiadukt as its own process, and a proxy on each way between two of them."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
from factories.ports import free_port

from tests.chaos import capture
from tests.chaos.people import Person, Staff
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
READY_S = 180  # generous: the machine may be busy with other work
EMPTY, FRESH = "empty", "fresh"
TOKENS = {"shop": "chaos-shop", "production": "chaos-production", "work": "chaos-work"}


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
        self.smtp = mailbox.server(self.mail, free_port())
        self.ports = {name: free_port() for name in ("shop", "connector", "connector2", "production")}
        self.secret = new_secret()
        self._links()
        self.buyer, self.admin = (
            Person(self.env("buyer"), folder / "logs" / f"{name}.log") for name in ("buyer", "admin")
        )
        self.staff: Staff
        self.http = httpx.Client(timeout=20, trust_env=False)
        self.orders: Counter[str] = Counter()
        """How the orders of all scenarios ended: `number` of a placed one, `error` refused, `failed` cut short."""
        self.triggers = 0
        self.history: frozenset[str] = frozenset()
        """Addresses of people who were buyers' before the shop was: they never get an e-mail by themselves."""

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
            # The comparison of the day stays out of it, whatever the hour: a scenario is what its seed says.
            "SHOP_RECONCILE_AT": (datetime.now(ZoneInfo("Europe/Warsaw")) - timedelta(hours=3)).strftime("%H:%M"),
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
            "WAPRO_MEND_CAPTURE": "true",
            "CAPTURE_CHECK_S": "1",
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
        self.triggers = capture.switched_on(self.server)
        session = self.admin.ask(do="hire", email="admin@chaos.example", within_s=READY_S)["session"]
        self.staff = Staff(f"http://127.0.0.1:{self.ports['shop']}", session)
        self.admin.leave()
        self.keeper.begin()
        self._keep(EMPTY)
        self.up()
        self.remember_people()
        self.wait(self.takes_over, READY_S, "takeover")
        self.wait(self._is_taken_over, READY_S, "what was taken over")
        self.admin.ask(do="publish")
        self.down()
        self._keep(FRESH)
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

    def _keep(self, state: str) -> None:
        for name in BASES:
            self.server.copy(name, f"{name}_{state}")

    def back_to(self, state: str) -> None:
        """`fresh`: as after `make`. `empty`: WAPRO is full, and the shop has never seen it."""
        self.down()
        for name in BASES:
            self.server.copy(f"{name}_{state}", name)
        for path in self.mail.glob("*.eml"):
            path.unlink()
        capture.who_mends(self.keeper, connector=True)
        self.remember_people()
        self.up()

    def remember_people(self) -> None:
        """Whoever is of a flagged buyer now is history."""
        query = """SELECT lower(trim("E_MAIL")) AS email FROM dbo."KONTAKT" o JOIN dbo."KONTRAHENT" k
            USING ("ID_KONTRAHENTA") WHERE k."DOSTEPNY_W_B2B" = 1"""
        self.history = frozenset(row["email"] for row in self.server.rows("wapro", query) if row["email"])

    def takes_over(self) -> bool:
        return "asked" in self.admin.ask(do="take_over", within_s=READY_S)

    def _is_taken_over(self) -> bool:
        waiting = "SELECT count(*) AS n FROM sync_inboxobject WHERE state = 'waiting'"
        return self.server.rows("shop", waiting)[0]["n"] == 0

    # -- processes ----------------------------------------------------------------------------------------------

    def up(self) -> None:
        for part in ALWAYS:
            self.keeper.want(part)
        self.wait(lambda: all(self.answers(part) for part in ("connector", "shop", "production")), READY_S, "start")

    def down(self) -> None:
        for part in ALWAYS + SPARE:
            self.keeper.want(part, up=False)
            self.keeper.kill(part)
        self.buyer.leave()
        self.admin.leave()

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
        self.buyer.leave()
        self.admin.leave()
        self.smtp.stop()
        self.http.close()
        self.staff.close()
        self.proxy.close()
        self.server.close()
