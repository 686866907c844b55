"""Child processes that one thread starts, watches, kills, freezes and starts again."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
# A child ends with the thread that started it, so a killed test run leaves nothing behind.
BOOT = (
    "import ctypes,sys,runpy;sys.platform == 'linux' and ctypes.CDLL(None).prctl(1, 9);"
    "sys.argv = sys.argv[1:];runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)"
)


@dataclass
class Part:
    """One process: what it runs, and whether it should be up now. One that dies by itself is started again."""

    name: str
    words: list[str]
    env: dict[str, str]
    log: Path
    wanted: bool = False
    not_before: float = 0.0
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0

    @property
    def is_up(self) -> bool:
        return self.process is not None and self.process.poll() is None


@dataclass
class Keeper:
    """Owns the parts. Everything that forks happens in its thread."""

    say: Callable[[str], None]
    parts: dict[str, Part] = field(default_factory=dict)
    _orders: queue.Queue[Callable[[], None] | None] = field(default_factory=queue.Queue)
    _thread: threading.Thread | None = None

    def begin(self) -> None:
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)
        self._thread.start()

    def add(self, name: str, words: list[str], env: dict[str, str], log: Path) -> None:
        self.parts[name] = Part(name, words, env, log)

    def want(self, name: str, up: bool = True) -> None:
        self.parts[name].wanted = up

    def kill(self, name: str, pause_s: float = 0.0) -> None:
        """kill -9; the part comes back after the pause when it is wanted."""
        part = self.parts[name]
        part.not_before = time.monotonic() + pause_s
        if part.is_up and part.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(part.process.pid, signal.SIGKILL)
            part.process.wait(10)

    def freeze(self, name: str, stopped: bool) -> None:
        part = self.parts[name]
        if part.is_up and part.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(part.process.pid, signal.SIGSTOP if stopped else signal.SIGCONT)

    def end(self) -> None:
        for part in self.parts.values():
            part.wanted = False
        for name in self.parts:
            self.kill(name)
        self._orders.put(None)
        if self._thread:
            self._thread.join(10)

    def _run(self) -> None:
        while True:
            try:
                if self._orders.get(timeout=0.05) is None:
                    return
            except queue.Empty:
                pass
            now = time.monotonic()
            for part in self.parts.values():
                if part.wanted and not part.is_up and now >= part.not_before:
                    if part.process is not None and part.process.returncode not in (-9, None):
                        self.say(f"{part.name} ended by itself with {part.process.returncode}")
                        part.process = None
                        part.not_before = now + 0.3
                        continue
                    self._start(part)

    def _start(self, part: Part) -> None:
        part.starts += 1
        with part.log.open("ab") as log:
            part.process = subprocess.Popen(
                [sys.executable, "-c", BOOT, "wiadukt", *part.words],
                env=part.env,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
