"""Deeds on many, gone through as a worker does."""

from __future__ import annotations

from wiadukt.shop.sync.mass import work as mass


def work_off() -> None:
    """Whatever was begun, to its end."""
    for run_id in mass.unfinished():
        mass.work(run_id, turn_s=600)
