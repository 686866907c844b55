"""What somebody wants otherwise in a running demo: a part down, with other settings, or with a clock that is wrong.

A file in the demo's folder, which the supervisor follows within a second. A new start of the demo forgets it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from wiadukt.demo.layout import Layout


@dataclass(frozen=True)
class Wish:
    """How one part shall run. `clock_off_s`: how far its clock is before the true time."""

    is_off: bool = False
    clock_off_s: int = 0
    env: Mapping[str, str] = field(default_factory=dict)


USUAL = Wish()


def wishes(layout: Layout) -> dict[str, Wish]:
    """By part; what is not in it runs as usual."""
    try:
        return {part: Wish(**wish) for part, wish in json.loads(layout.staged_file.read_text()).items()}
    except FileNotFoundError:
        return {}


def wish(layout: Layout, part: str, wanted: Wish) -> None:
    """The part runs so from now on, within a second or two."""
    held = {name: asdict(one) for name, one in (wishes(layout) | {part: wanted}).items()}
    fresh = layout.staged_file.with_suffix(".part")
    fresh.write_text(json.dumps(held, indent=1))
    fresh.chmod(0o600)
    fresh.replace(layout.staged_file)
