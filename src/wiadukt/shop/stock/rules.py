"""Whether more may be ordered than there is: the seller's people say it, for all goods and for a product type."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from oscar.apps.partner import availability

from wiadukt.shop.quantities import said
from wiadukt.shop.stock.models import OverStock, StockRule
from wiadukt.shop.stock.portions import Portions


@dataclass(frozen=True)
class StockRules:
    """Every rule there is; a product type without one of its own follows the general one."""

    general: str
    by_class: dict[int, str]

    def for_product(self, product: Any) -> str:
        return self.by_class.get(product.get_product_class().pk, self.general)


def load_rules() -> StockRules:
    """One query. While nobody has said anything, nobody orders more than there is."""
    rows = dict(StockRule.objects.values_list("product_class", "action"))
    general = rows.pop(None, OverStock.FORBID.value)
    return StockRules(general, rows)


class ToOrder(availability.Available):
    """Made when it is ordered: nothing limits it but the portions that it is sold in."""

    def __init__(self, portions: Portions) -> None:
        self.portions = portions

    def is_purchase_permitted(self, quantity: Decimal | int) -> tuple[bool, str]:
        problem = self.portions.problem(quantity)
        return not problem, problem


class InStock(availability.Base):
    """So much can be taken from the stock; what happens above it is said by `rule`."""

    def __init__(self, available: Decimal, portions: Portions, rule: str) -> None:
        self.num_available, self.portions, self.rule = max(available, Decimal(0)), portions, rule

    @property
    def most(self) -> Decimal:
        """What can be sold of what there is, in whole portions."""
        return self.portions.most_of(self.num_available)

    @property
    def is_available_to_buy(self) -> bool:
        return self.most > 0 or self.rule != OverStock.FORBID

    @property
    def is_on_order(self) -> bool:
        """None is there, but it may be ordered."""
        return not self.num_available and self.is_available_to_buy

    @property
    def warns(self) -> bool:
        return self.rule == OverStock.WARN

    @property
    def message(self) -> str:  # type: ignore[override]  # Oscar's base has an empty text in its place
        if self.is_on_order:
            return _("on order")
        return _("available: %(available)s") % {"available": self._said(self.num_available)}

    def with_freed(self, quantity: Decimal | int) -> InStock:
        """When so much comes free that is kept for an order now."""
        return InStock(self.num_available + quantity, self.portions, self.rule)

    def missing(self, quantity: Decimal | int) -> Decimal:
        return max(Decimal(quantity) - self.num_available, Decimal(0))

    def is_purchase_permitted(self, quantity: Decimal | int) -> tuple[bool, str]:
        problem = self.portions.problem(quantity)
        if problem:
            return False, problem
        if not self.missing(quantity) or self.rule != OverStock.FORBID:
            return True, ""
        wanted = {"wanted": self._said(quantity), "available": self._said(self.num_available)}
        if not self.num_available:
            return False, _("you want %(wanted)s, and there is none: choose other goods or ask your salesman") % wanted
        if not self.most:
            text = _("you want %(wanted)s, only %(available)s can be had: choose other goods or ask your salesman")
            return False, text % wanted
        text = _("you want %(wanted)s, %(available)s can be had: order at most %(most)s or ask your salesman")
        return False, text % (wanted | {"most": self._said(self.most)})

    def warning(self, quantity: Decimal | int) -> str:
        """What a buyer is told who may order more than there is; empty where there is enough, or no word is wanted."""
        missing = self.missing(quantity)
        if not missing or not self.warns:
            return ""
        said = {"wanted": self._said(quantity), "missing": self._said(missing)}
        if not self.num_available:
            return _("you want %(wanted)s, and there is none now: it comes later, or take it out of the basket") % said
        text = _("you want %(wanted)s, %(available)s can be had: %(missing)s will come later, or order less")
        return text % (said | {"available": self._said(self.num_available)})

    def _said(self, quantity: Decimal | int) -> str:
        return said(quantity, self.portions.unit)


def warning_of(policy: Any, quantity: Decimal | int) -> str:
    """Of any policy of availability; only stock warns."""
    return policy.warning(quantity) if isinstance(policy, InStock) else ""
