"""What a trouble is staged with: the running demo's parts, WAPRO's base as an administrator, our own commands."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg

from wiadukt.demo import staging
from wiadukt.demo.layout import DemoError, Layout, Ports, environment, token_for
from wiadukt.demo.staging import USUAL, Wish

DIES_WITHIN_S = 20


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass(frozen=True)
class Stage:
    """One running demo."""

    layout: Layout
    ports: Ports
    databases: dict[str, str]

    @classmethod
    def of(cls, layout: Layout) -> Stage:
        """Raises DemoError when the demo does not run, or its WAPRO is on another server than the stand-in's."""
        ports, databases = layout.running()
        if not databases["wapro"].startswith("postgresql"):
            raise DemoError("Troubles are staged on the demo's own stand-in of WAPRO only.")
        return cls(layout, ports, databases)

    def down(self, part: str, port: str = "") -> None:
        """The part dies and does not come back; with the name of a port of its own, it has died when this returns."""
        staging.wish(self.layout, part, Wish(is_off=True))
        deadline = time.monotonic() + DIES_WITHIN_S
        while port and _answers(self.ports.all[port]):
            if time.monotonic() > deadline:
                raise DemoError(f"{part} does not end.")
            time.sleep(0.1)

    def run_with(self, part: str, *, clock_off_s: int = 0, **env: str) -> None:
        """The part starts anew with these settings besides its own."""
        staging.wish(self.layout, part, Wish(clock_off_s=clock_off_s, env=env))

    def as_usual(self, part: str) -> None:
        staging.wish(self.layout, part, USUAL)

    def erp(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Straight in WAPRO's base, as its administrator or its office does it."""
        return self._run("wapro", statement, values)

    def floor(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Straight in production's base."""
        return self._run("production", statement, values)

    def _run(self, base: str, statement: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.databases[base]) as connection:
            cursor = connection.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    def environment(self) -> dict[str, str]:
        return {**environment(self.layout, self.ports, self.databases), **token_for("shop", self.layout)}

    def command(self, *words: str) -> None:
        """One of our commands, as it stands in a remedy."""
        subprocess.run([sys.executable, "-m", "wiadukt", *words], env=self.environment(), check=True)

    def open_shop(self) -> None:
        """From now on the shop's own code may be imported and used in this process."""
        import django

        os.environ.update(self.environment(), DJANGO_SETTINGS_MODULE="wiadukt.shop.settings")
        django.setup()


@dataclass(frozen=True)
class Trouble:
    """`stage` brings it about, `mend` does what an administrator does about it. Both return at once."""

    what: str
    stage: Callable[[Stage], None]
    mend: Callable[[Stage], None]
