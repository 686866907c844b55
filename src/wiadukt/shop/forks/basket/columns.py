"""Which column of a list says what: by its heading where there is one, else by its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

NAMES: Mapping[str, frozenset[str]] = {
    "key": frozenset(
        {"indeks", "index", "indeks katalogowy", "indeks lub ean", "index or ean", "symbol", "kod", "ean"}
    ),
    "quantity": frozenset({"ilość", "ilosc", "quantity", "qty", "sztuk", "szt"}),
    "note": frozenset({"uwaga", "uwagi", "note", "notes", "uwaga do pozycji", "note to the line"}),
    "day": frozenset({"termin", "data", "na kiedy", "data realizacji", "wanted on", "date", "day"}),
}


class NoIndexes(ValueError):
    """The heading names no column of indexes; its text says what to do."""


@dataclass(frozen=True)
class Columns:
    """Places of columns, from 0. `answers`: those with another heading, by that, for goods that are made to size."""

    places: Mapping[str, int]
    answers: Mapping[str, int] = field(default_factory=dict)

    def cell(self, cells: Sequence[str], what: str) -> str:
        return _at(cells, self.places.get(what, len(cells)))

    def answers_in(self, cells: Sequence[str]) -> tuple[tuple[str, str], ...]:
        found = ((name, _at(cells, place)) for name, place in self.answers.items())
        return tuple((name, value) for name, value in found if value)


BY_PLACE = Columns({"key": 0, "quantity": 1, "note": 2, "day": 3})


def columns_of(cells: Sequence[str]) -> Columns | None:
    """None when this row is no heading. Raises NoIndexes."""
    headings = [plain(cell) for cell in cells]
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        what = next((what for what, names in NAMES.items() if heading in names), None)
        if what is not None:
            places.setdefault(what, place)
    if not places:
        return None
    if "key" not in places:
        raise NoIndexes(_("The heading names no column of indexes: call it “indeks” or “EAN”."))
    known = set(places.values())
    return Columns(places, {name: at for at, name in enumerate(headings) if name and at not in known})


def plain(heading: str) -> str:
    """`Szerokość (mm):` is `szerokość`."""
    return heading.partition("(")[0].strip(" :.*").casefold()


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
