"""One world for all scenarios of a run, and how many of them there are."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.world import World

SHORT = (32, 37, 67, 70, 6331, 431821)
"""They touch nearly everything: capture away, a comparison killed, messages mended, a flag day; answers to orders lost
(two documents if WAPRO is not asked for the number), a worker frozen beyond its lease with old objects in its hands."""

ENOUGH = 20
"""Of so many orders some must have been placed; a storm or two may refuse them all."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        is_long = metafunc.definition.get_closest_marker("chaos_long") is not None
        first = int(os.environ.get("CHAOS_SEED", "1"))
        long = range(first, first + int(os.environ.get("CHAOS_COUNT", "1")))
        metafunc.parametrize("seed", long if is_long else SHORT)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long part is no test of every day: without a count it is left out, and not skipped."""
    if "CHAOS_COUNT" not in os.environ:
        idle = [item for item in items if item.get_closest_marker("chaos_long")]
        config.hook.pytest_deselected(items=idle)
        items[:] = [item for item in items if item not in idle]


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    folder = Path(tempfile.mkdtemp(prefix="wiadukt-chaos-", dir="/tmp"))
    made = World(folder)
    try:
        made.make()
        yield made
        # Storms over a shop in which nobody can order would pass, and prove nothing.
        wanted = sum(made.orders.values())
        assert wanted < ENOUGH or made.orders["number"] > wanted / 4, f"hardly an order was placed: {made.orders}"
    finally:
        made.close()
        if os.environ.get("CHAOS_KEEP") != "1":
            shutil.rmtree(folder, ignore_errors=True)
