"""A small model of who owes what: bills with their lines and payments, in lists. It knows nothing of WAPRO's columns,
nor of the shop, nor how either of them counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

NOTHING = Decimal(0)
GROSZ = Fraction(1, 100)


def grosz(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass
class Ordered:
    """`lines`: the order's line -> gross price in PLN, and how much is not delivered."""

    buyer: int
    branch: int
    lines: dict[int, Decimal] = field(default_factory=dict)
    left: dict[int, Decimal] = field(default_factory=dict)


@dataclass
class Row:
    """A line of a bill, with the price in its currency; `now` is the quantity after corrections."""

    order: int | None
    quantity: Decimal
    price: Decimal
    now: Decimal = NOTHING

    def __post_init__(self) -> None:
        self.now = self.quantity

    @property
    def value(self) -> Decimal:
        return grosz(self.quantity * self.price)


@dataclass
class Paid:
    """A part payment, with the sign of the bill; `money` is the payment that it came of, None for none."""

    amount: Decimal
    how: str
    money: int | None = None


@dataclass
class Bill:
    """What of `rows` was `charged` before by advance bills is not owed again."""

    buyer: int
    payer: int
    rows: list[Row]
    due: date
    currency: str = "PLN"
    charged: Decimal = NOTHING
    paid: list[Paid] = field(default_factory=list)
    interest: Decimal = NOTHING
    is_correction: bool = False
    is_advance: bool = False
    is_taken: bool = False
    """Of an advance bill: a final one has taken it off."""
    is_fixed: bool = False
    """Other bills go back to it, or it to others: it is not deleted."""

    @property
    def total(self) -> Decimal:
        return sum((row.value for row in self.rows), NOTHING) - self.charged

    @property
    def remaining(self) -> Decimal:
        return self.total - sum((one.amount for one in self.paid), NOTHING)

    def shares(self) -> dict[int | None, Fraction]:
        """What each order's part would be if a grosz could be cut: its rows, and its share of what was charged."""
        worth: dict[int | None, Fraction] = defaultdict(Fraction)
        for row in self.rows:
            worth[row.order] += Fraction(row.value)
        weight = sum(abs(one) for one in worth.values())
        rest = Fraction(-self.charged)
        return {order: one + (rest * abs(one) / weight if weight else 0) for order, one in worth.items()}

    def left(self) -> dict[int | None, Fraction]:
        """What of each part is still owed, in proportion to the parts."""
        shares = self.shares()
        weight = sum(abs(one) for one in shares.values())
        rest = Fraction(self.remaining)
        return {order: rest * abs(one) / weight if weight else Fraction(0) for order, one in shares.items()}


@dataclass
class Owed:
    """Sums of open bills of one currency; amounts as Decimal or Fraction."""

    overdue: Fraction = Fraction(0)
    soon: Fraction = Fraction(0)
    later: Fraction = Fraction(0)
    credit: Fraction = Fraction(0)

    def take(self, bill: Bill, amount: Fraction, today: date) -> None:
        if bill.remaining < 0:
            self.credit -= amount
        elif bill.remaining and bill.due < today:
            self.overdue += amount
        elif bill.remaining and bill.due <= today + timedelta(days=7):
            self.soon += amount
        elif bill.remaining:
            self.later += amount


def owed_of(bills: Iterable[Bill], today: date, orders: set[int | None] | None = None) -> dict[str, Owed]:
    """By currency; with `orders` of the parts of these orders alone (None among them: of what has no order)."""
    found: dict[str, Owed] = defaultdict(Owed)
    for bill in bills:
        parts = bill.left()
        amount = Fraction(bill.remaining)
        if orders is not None:
            amount = sum((left for order, left in parts.items() if order in orders), Fraction(0))
        found[bill.currency].take(bill, amount, today)
    return found
