"""Starts every part as its own process, in order, and keeps them alive until told to stop."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from wiadukt.demo import database, staging
from wiadukt.demo.erp import install as erp
from wiadukt.demo.floor import write_floor
from wiadukt.demo.layout import DemoError, Layout, Ports, environment, token_for
from wiadukt.demo.staging import USUAL, Wish

READY_TIMEOUT_S = 90
PR_SET_PDEATHSIG = 1

PARTS: dict[str, list[str]] = {
    "office": ["demo", "office"],
    "connector": ["connector", "run"],
    "shop": ["shop", "web"],
    "worker": ["shop", "worker"],
    "production": ["production", "run"],
    "machines": ["demo", "machines"],
}
STAGED_ONLY = {"front": ["demo", "front"]}
"""Parts that run only when somebody wants them."""


def _die_with_parent() -> None:
    """On Linux a child ends when the starter is killed, so no port stays taken."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _end_at_once(process: subprocess.Popen[bytes]) -> None:
    """As a part dies: without a farewell."""
    process.kill()
    process.wait()


@dataclass
class Supervisor:
    """The processes of one demo. A part that dies by itself is started again after a pause."""

    layout: Layout
    ports: Ports
    say: Callable[[str], None]
    env: dict[str, str] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    wishes: dict[str, Wish] = field(default_factory=dict)
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """From nothing to ready, then until a signal; always ends every process it started."""
        os.environ["TZ"] = "Europe/Warsaw"  # its office has the shop's day, on whatever clock the machine is
        time.tzset()
        self.ports.check_free()
        self.layout.check_world(erp.fingerprint())
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.stopping.set())
        self.layout.make()
        write_floor(self.layout, self.ports)
        self.layout.ready_file.unlink(missing_ok=True)
        self.layout.pid_file.write_text(str(os.getpid()))
        try:
            databases = database.start(self.layout)
            self.layout.note_running(self.ports, databases)
            self.env = environment(self.layout, self.ports, databases)
            self._set_up()
            table = self._table()
            self.layout.ready_file.write_text(table)
            self.say(table)
            self._keep_alive()
        finally:
            self._end()

    def command(self, *words: str) -> None:
        """One command of ours to its end; a failure stops the start and shows its last lines."""
        if self.stopping.is_set():
            raise DemoError("Stopped before it was ready.")
        log = self.layout.logs / f"setup-{'-'.join(words)}.log"
        with log.open("wb") as out:
            done = subprocess.Popen(
                [sys.executable, "-m", "wiadukt", *words],
                env=self._env("shop"),
                stdout=out,
                stderr=out,
                preexec_fn=_die_with_parent,
            )
            while done.poll() is None:
                if self.stopping.wait(0.05):
                    done.terminate()
                    done.wait()
                    raise DemoError("Stopped before it was ready.")
        if done.returncode:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
            raise DemoError(f"'wiadukt {' '.join(words)}' failed ({log}):\n{tail}")

    def _set_up(self) -> None:
        fresh = not self.layout.world_file.exists()
        if fresh:
            self.say("First start: making the demo world (about a minute) ...")
            self._side_by_side(("demo", "seed"), ("shop", "migrate"))
            self._side_by_side(("connector", "install"), ("production", "migrate"))
        else:
            # Ours may be newer than the folder: each of the three brings its own tables up to date.
            self._side_by_side(("shop", "migrate"), ("connector", "install"), ("production", "migrate"))
        for part in PARTS:
            self._start(part)
        self._wait_until_ready()
        if fresh:
            self.command("shop", "takeover", "--wait")
            self.command("demo", "content")
            self.layout.note_world(erp.fingerprint())

    def _side_by_side(self, *commands: tuple[str, ...]) -> None:
        failures: list[DemoError] = []

        def run(words: tuple[str, ...]) -> None:
            try:
                self.command(*words)
            except DemoError as error:
                failures.append(error)

        threads = [threading.Thread(target=run, args=(words,)) for words in commands]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]

    def _env(self, part: str) -> dict[str, str]:
        return {**self.env, **token_for(part, self.layout), "PYTHONUNBUFFERED": "1"}

    def _start(self, part: str) -> None:
        wish = self.wishes.get(part, USUAL)
        port = self.ports.all.get(part)
        where = ["--host", "127.0.0.1", "--port", str(port)] if port else []
        if part in ("machines", "front"):
            where = ["--port-base", str(self.ports.base), "--folder", str(self.layout.root)]
        if management := self.ports.management(part):
            where += ["--management", management]
        log = (self.layout.logs / f"{part}.log").open("ab")
        program = ["wiadukt.demo.wrong_clock", str(wish.clock_off_s)] if wish.clock_off_s else ["wiadukt"]
        self.running[part] = subprocess.Popen(
            [sys.executable, "-m", *program, *(PARTS | STAGED_ONLY)[part], *where],
            env={**self._env(part), **wish.env},
            stdout=log,
            stderr=log,
            preexec_fn=_die_with_parent,
            start_new_session=True,
        )
        log.close()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_TIMEOUT_S
        waiting = [part for part in PARTS if part in self.ports.all or self.ports.management(part)]
        while waiting:
            dead = [part for part, process in self.running.items() if process.poll() is not None]
            if dead or time.monotonic() > deadline or self.stopping.is_set():
                late = ", ".join(dead or waiting)
                raise DemoError(f"Did not start: {late}. See {self.layout.logs}/{(dead or waiting)[0]}.log")
            waiting = [part for part in waiting if not self._answers(part)]
            time.sleep(0.1)

    def _answers(self, part: str) -> bool:
        try:
            management = self.ports.management(part)
            where = f"http://{management}/ready" if management else self.ports.url(part) + "/healthz"
            return httpx.get(where, timeout=2).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def _keep_alive(self) -> None:
        while not self.stopping.wait(0.5):
            self._follow(staging.wishes(self.layout))
            for part, process in list(self.running.items()):
                if process.poll() is not None and not self.stopping.is_set():
                    self.say(f"{part} ended with {process.returncode}; starting it again")
                    self.stopping.wait(1)
                    self._start(part)

    def _follow(self, wishes: dict[str, Wish]) -> None:
        """Whatever shall run otherwise than it does is ended, and started anew unless it shall be off."""
        changed = [part for part in wishes if wishes[part] != self.wishes.get(part)]
        self.wishes = wishes
        for part in changed:
            self.say(f"{part} is wanted otherwise")
            if part in self.running:
                _end_at_once(self.running.pop(part))
            if not wishes[part].is_off:
                self._start(part)

    def _end(self) -> None:
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + 10
        for process in self.running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
        database.stop(self.layout)
        for path in (self.layout.ready_file, self.layout.pid_file):
            path.unlink(missing_ok=True)

    def _table(self) -> str:
        from wiadukt.demo.accounts import LOGINS, PASSWORD

        rows = [
            ("Shop / sklep", self.ports.url("shop"), "buyers and staff, see below"),
            ("Staff / panel sklepu", self.ports.url("shop") + "/dashboard/", LOGINS["staff"]),
            ("WAPRO's office / biuro", self.ports.url("office"), "no login"),
            ("Mailbox / poczta", self.ports.url("office") + "/mailbox", "no login"),
            ("Production / produkcja", self.ports.url("production"), "no login"),
            ("Connector / łącznik", self.ports.url("connector") + "/openapi.json", "by token"),
        ]
        lines = ["", "Wiadukt is ready.", ""]
        lines += [f"  {name:<24} {url:<38} {who}" for name, url, who in rows]
        lines += ["", f"  Everybody's password: {PASSWORD}"]
        lines += [f"    {role:<10} {email}" for role, email in LOGINS.items()]
        if self.env["SHOP_STAFF_SECOND_FACTOR"] == "false":
            lines += ["", "  Staff log in without a second factor; with it: SHOP_STAFF_SECOND_FACTOR=true make demo"]
        return "\n".join([*lines, "", "  Ctrl-C ends it (detached: make demo-stop).", ""])
