"""How much a unit of sale holds of the unit that the stock is kept in: a package of twelve pieces."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from wiadukt.shop.quantities import said


@dataclass(frozen=True)
class Contents:
    """One `unit` is `quantity` of `of`."""

    unit: str
    quantity: Decimal
    of: str

    def __str__(self) -> str:
        return self.in_all(1)

    def in_all(self, count: Decimal | int) -> str:
        """So many units of sale in both: `3 op. = 36 szt.`."""
        return f"{said(count, self.unit)} = {said(count * self.quantity, self.of)}"
