"""Progress of an order's lines as our own table keeps it: `1:3/10;2:0/4` is 3 of 10 of line 1, 0 of 4 of line 2."""

from __future__ import annotations

from decimal import Decimal

from wiadukt.contract.order import LineProgress

LONGEST = 8000


def written(lines: tuple[LineProgress, ...]) -> str:
    """The text of these lines; empty when there are too many of them for it."""
    text = ";".join(f"{one.line_no}:{_plain(one.good)}/{_plain(one.planned)}" for one in lines)
    return text if len(text) <= LONGEST else ""


def read(text: str) -> tuple[LineProgress, ...]:
    """The lines of such a text."""
    found = []
    for part in filter(None, text.split(";")):
        number, _colon, made = part.partition(":")
        good, _slash, planned = made.partition("/")
        found.append(LineProgress(line_no=int(number), good=Decimal(good), planned=Decimal(planned)))
    return tuple(found)


def _plain(value: Decimal) -> str:
    return f"{value.normalize() + 0:f}"
