"""How the sources of a price combine: one rule a buyer, set beside the ERP, obeyed by the shop.

The order of precedence is not known from the ERP's public description, so it is a setting and travels with the terms.
"""

from __future__ import annotations

from enum import StrEnum

from wiadukt.contract.base import ContractModel
from wiadukt.contract.money import Basis


class Source(StrEnum):
    """Where a price comes from."""

    INDIVIDUAL = "individual"
    GROUP = "group"
    PROMOTION = "promotion"
    LEVEL = "level"


class Choice(StrEnum):
    """Which of several prices holds."""

    FIRST = "first"
    LOWEST = "lowest"


class PriceRule(ContractModel):
    """`sources` in their order; of those that give a price the first one holds, or the lowest.

    `discounted`: prices from these sources are lowered by the buyer's own discount, those of `by_threshold` by the
    threshold that the order's value reaches (`threshold_basis`: its net or its gross value). `basis` is the documents'.
    """

    sources: tuple[Source, ...] = (Source.INDIVIDUAL, Source.GROUP, Source.PROMOTION, Source.LEVEL)
    choice: Choice = Choice.FIRST
    discounted: tuple[Source, ...] = (Source.LEVEL,)
    by_threshold: tuple[Source, ...] = (Source.LEVEL,)
    threshold_basis: Basis = Basis.NET
    basis: Basis = Basis.NET

    def as_text(self) -> str:
        """What differs from the default, as JSON; empty for the default."""
        text = self.model_dump_json(exclude_defaults=True)
        return "" if text == "{}" else text

    @classmethod
    def from_text(cls, text: str) -> PriceRule:
        return cls.model_validate_json(text or "{}")
