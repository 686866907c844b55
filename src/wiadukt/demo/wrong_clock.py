"""A program of ours on a machine whose clock is wrong: `python -m wiadukt.demo.wrong_clock 600 connector run`."""

from __future__ import annotations

import runpy
import sys
from datetime import UTC, datetime, timedelta

from wiadukt.runtime import clock


def main() -> None:
    off = timedelta(seconds=int(sys.argv.pop(1)))
    clock.now = lambda: datetime.now(UTC) + off
    runpy.run_module("wiadukt", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
