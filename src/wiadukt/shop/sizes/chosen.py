"""What a buyer chose, as it stays on a line of his basket and of his order, whatever becomes of the rule."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from wiadukt.contract.order import Parameter
from wiadukt.shop.bilingual import told
from wiadukt.shop.sizes.rule import MM2_IN_M2, NO


@dataclass(frozen=True)
class Chosen:
    """One answer. `value` and `unit` are for machines, names and texts for people; an English one may be empty.
    `side` is the word of a `Role`."""

    code: str
    value: str
    unit: str
    name_pl: str
    name_en: str
    text_pl: str
    text_en: str
    side: str = ""

    @property
    def name(self) -> str:
        return told(self.name_pl, self.name_en)

    @property
    def text(self) -> str:
        return told(self.text_pl, self.text_en)

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"


def kept(chosen: Iterable[Chosen]) -> list[dict[str, str]]:
    """As a line keeps it."""
    return [asdict(one) for one in chosen]


def read(rows: Iterable[Mapping[str, str]]) -> tuple[Chosen, ...]:
    """Of what a line keeps."""
    return tuple(Chosen(**row) for row in rows)


def values_of(rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Answers by code, to be judged once more."""
    return {row["code"]: row["value"] for row in rows}


def mark_of(values: Mapping[str, str]) -> str:
    """The same for the same answers only: two sizes of a product are two lines."""
    return hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()[:32]


def as_parameters(rows: Iterable[Mapping[str, str]]) -> tuple[Parameter, ...]:
    """As WAPRO and production are told, in the seller's language."""
    return tuple(
        Parameter(id=one.code, value=one.value, unit=one.unit, name=one.name_pl, text=one.text_pl) for one in read(rows)
    )


def size_of(chosen: Iterable[Chosen]) -> str:
    """`716 × 396 mm`; empty where no sides were chosen."""
    sides = [one for one in chosen if one.side]
    return f"{' × '.join(one.value for one in sides)} {sides[0].unit}" if sides else ""


def area_of(rows: Iterable[Mapping[str, str]]) -> Decimal | None:
    """In m², exact; None where the sides were not chosen."""
    sides = [Decimal(one.value) for one in read(rows) if one.side]
    return sides[0] * sides[1] / MM2_IN_M2 if len(sides) == 2 else None


def told_to_buyers(rows: Iterable[Mapping[str, str]]) -> tuple[Chosen, ...]:
    """Without what was not wanted: nobody reads four sides that get no edge."""
    return tuple(one for one in read(rows) if one.value != NO)


def in_words(rows: Any) -> str:
    """One line of text, for a sheet or an e-mail."""
    return "; ".join(map(str, told_to_buyers(rows)))
