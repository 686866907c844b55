"""The whole demo, started as its user starts it, and a real headless Chromium."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from wiadukt.demo.layout import MANAGED, Ports

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Most troubles are staged by `make troubles` alone: without it they are left out, and not skipped."""
    if os.environ.get("TROUBLES") != "all":
        idle = [item for item in items if item.get_closest_marker("troubles_long")]
        config.hook.pytest_deselected(items=idle)
        items[:] = [item for item in items if item not in idle]


@dataclass(frozen=True)
class Demo:
    """Addresses of a running demo."""

    shop: str
    office: str
    production: str
    folder: Path
    management: tuple[str, ...]

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    def log(self, process: str) -> list[dict]:
        """What a process logged so far; each line must be an object."""
        text = (self.logs / f"{process}.log").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]


def _free_base() -> int:
    for base in range(21000, 29000, 100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", base)) != 0:
                return base
    raise RuntimeError("no free ports")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("Chromium is not installed")
    return path


@pytest.fixture(scope="session")
def demo(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo") / "state"
    base = _free_base()
    program = [sys.executable, "-m", "wiadukt", "demo"]
    started = subprocess.run(
        [*program, "start", "--detach", "--port-base", str(base), "--folder", str(folder)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert started.returncode == 0, started.stdout + started.stderr
    management = Ports(base).management
    yield Demo(
        *(f"http://127.0.0.1:{base + offset}" for offset in (0, 3, 2)),
        folder,
        tuple(f"http://{management(part)}" for part in MANAGED),
    )
    subprocess.run([*program, "stop", "--folder", str(folder)], check=True, timeout=60)


@pytest.fixture(scope="session")
def shots(request: pytest.FixtureRequest) -> Path | None:
    folder = request.config.getoption("--shots")
    if not folder:
        return None
    path = Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    return path
