"""The whole demo, started as its user starts it, and a real headless Chromium."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from factories.ports import claimed
from playwright.sync_api import Browser, sync_playwright

from wiadukt.demo.layout import MANAGED, DemoError, Ports

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


@contextmanager
def _own_ports() -> Iterator[int]:
    """The base of a demo's ports: nobody listens there, and no other run that starts now will choose it."""
    for base in range(21000, 29000, 100):
        with claimed(base) as is_ours:
            if is_ours and _are_free(Ports(base)):
                yield base
                return
    raise RuntimeError("no free ports")


def _are_free(ports: Ports) -> bool:
    try:
        ports.check_free()
    except DemoError:
        return False
    return True


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("Chromium is not installed")
    return path


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One Chromium a module; each person in it has a context of his own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def no_faults() -> Iterator[None]:
    """No page of a test runs into an error of its script, or wants what its content policy forbids."""
    from tests.e2e.steps import FAULTS

    FAULTS.clear()
    yield
    assert FAULTS == []


@pytest.fixture(scope="session")
def demo(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo") / "state"
    program = [sys.executable, "-m", "wiadukt", "demo"]
    with _own_ports() as base:
        started = subprocess.run(
            [*program, "start", "--detach", "--port-base", str(base), "--folder", str(folder)],
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert started.returncode == 0, started.stdout + started.stderr
        ports = Ports(base)
        yield Demo(
            *map(ports.url, ("shop", "office", "production")),
            folder,
            tuple(f"http://{ports.management(part)}" for part in MANAGED),
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
