"""The bench still runs: every process of ours at a tiny size, without the tools it compares with. No clock decides."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TINY = ["--sizes", "40", "--changes", "2", "--messages", "400", "--skip", "jobs,account,board,shelf,odin,dlt,orders"]


@pytest.mark.postgres
@pytest.mark.timeout(180)
def test_the_bench_measures_what_does_not_need_others():
    done = subprocess.run([sys.executable, "-m", "bench", *TINY], cwd=ROOT, capture_output=True, text=True, timeout=170)

    assert done.returncode == 0, done.stderr[-3000:]
    for measured in (
        "messages, by a word of the answer",
        "40 changed goods",
        "nothing differs",
        "all differ",
        "one change on an idle system",
        "peak memory",
    ):
        assert measured in done.stdout
