"""What a buyer chooses when a product is made to his size, and how that makes a price: the words alone, no base.

A rule belongs to a product class. Lengths are whole millimetres, surcharges net amounts in the shop's currency.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

MM = "mm"
MM2_IN_M2 = Decimal(1_000_000)
NO, YES = "no", "yes"


class Base(StrEnum):
    """What WAPRO's price of the product is the price of."""

    M2 = "m2"
    PIECE = "piece"


class Kind(StrEnum):
    """What a parameter asks for."""

    LENGTH = "length"
    CHOICE = "choice"
    YES_NO = "yes_no"
    NUMBER = "number"


class Role(StrEnum):
    """Which side of the piece a length is."""

    NONE = ""
    WIDTH = "width"
    HEIGHT = "height"


class Per(StrEnum):
    """What a surcharge is counted by."""

    PIECE = "piece"
    M2 = "m2"
    WIDTH = "width"
    HEIGHT = "height"
    PERIMETER = "perimeter"


SIDES = {
    Per.PIECE: frozenset[Role](),
    Per.M2: frozenset({Role.WIDTH, Role.HEIGHT}),
    Per.WIDTH: frozenset({Role.WIDTH}),
    Per.HEIGHT: frozenset({Role.HEIGHT}),
    Per.PERIMETER: frozenset({Role.WIDTH, Role.HEIGHT}),
}
"""The sides that must be known to count by it."""


@dataclass(frozen=True)
class Choice:
    """One of several values: `code` travels to WAPRO and to machines, the names are for people."""

    code: str
    name_pl: str
    name_en: str = ""
    surcharge: Decimal = Decimal(0)


@dataclass(frozen=True)
class Parameter:
    """One thing to choose. `least`, `most` and `step` are of lengths and numbers; `surcharge` is for a yes, or for each
    one of a number; choices have their own."""

    code: str
    kind: Kind
    name_pl: str
    name_en: str = ""
    required: bool = True
    role: Role = Role.NONE
    least: int = 0
    most: int = 0
    step: int = 1
    surcharge: Decimal = Decimal(0)
    per: Per = Per.PIECE
    choices: tuple[Choice, ...] = ()

    @property
    def has_surcharge(self) -> bool:
        return bool(self.surcharge) or any(choice.surcharge for choice in self.choices)

    def choice(self, code: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True)
class Rule:
    """All that a product class asks for, in its order. `least_area`: a smaller piece costs as much, in m².
    `card_in_m2`: WAPRO's card counts square metres, while buyers and production count pieces."""

    base: Base
    parameters: tuple[Parameter, ...]
    least_area: Decimal = Decimal(0)
    card_in_m2: bool = False

    def side(self, role: Role) -> Parameter | None:
        return next((one for one in self.parameters if one.role is role), None)
