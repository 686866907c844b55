"""What a product costs this buyer and whether it may be ordered now."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from oscar.apps.partner import availability, prices, strategy

from wiadukt.shop.organisations.access import organisation_of
from wiadukt.shop.organisations.models import IndividualPrice, Organisation

GROSZ = Decimal("0.01")


class Selector(strategy.Selector):
    """Everybody gets the strategy of his own organisation."""

    def strategy(self, request: Any = None, user: Any = None, **kwargs: Any) -> CustomerStrategy:
        return CustomerStrategy(request, user=user)


class CustomerStrategy(strategy.UseFirstStockRecord, strategy.Structured):
    """Individual price > price of the buyer's level less his discount; stock is WAPRO's."""

    def __init__(self, request: Any = None, user: Any = None) -> None:
        super().__init__(request)
        self.user = user if user is not None else self.user

    @cached_property
    def organisation(self) -> Organisation | None:
        return organisation_of(self.user) if self.user is not None else None

    @cached_property
    def individual(self) -> dict[str, IndividualPrice]:
        if self.organisation is None:
            return {}
        return {price.product_index: price for price in self.organisation.individual_prices.all()}

    def pricing_policy(self, product: Any, stockrecord: Any) -> prices.Base:
        agreed = self.individual.get(product.upc)
        if agreed is not None:
            return self._price("PLN", agreed.net, agreed.gross, product.vat_code)
        level = self._level_price(product)
        if level is None:
            return prices.Unavailable()
        net, gross = discounted(level.net, level.gross, self._discount)
        return self._price(level.currency, net, gross, product.vat_code)

    def parent_pricing_policy(self, product: Any, children_stock: Any) -> prices.Base:
        return prices.Unavailable()

    def availability_policy(self, product: Any, stockrecord: Any) -> availability.Base:
        if stockrecord is None or not product.may_be_ordered:
            return availability.Unavailable()
        if product.get_product_class().made_to_order:
            return availability.Available()
        return availability.StockRequired(stockrecord.net_stock_level)

    def parent_availability_policy(self, product: Any, children_stock: Any) -> availability.Base:
        return availability.Unavailable()

    @property
    def _discount(self) -> Decimal:
        return self.organisation.discount_percent if self.organisation else Decimal(0)

    def _level_price(self, product: Any) -> Any:
        """The buyer's level, or the first one for staff and for a buyer whose level has no price."""
        levels = sorted(product.level_prices.all(), key=lambda price: price.level)
        wanted = self.organisation.price_level if self.organisation else ""
        return next((price for price in levels if price.level == wanted), levels[0] if levels else None)

    @staticmethod
    def _price(currency: str, net: Decimal, gross: Decimal, vat_code: str) -> prices.Base:
        return prices.FixedPrice(currency=currency, excl_tax=net, tax=gross - net, tax_code=vat_code)


def discounted(net: Decimal, gross: Decimal, percent: Decimal) -> tuple[Decimal, Decimal]:
    """Net less the discount, rounded to a grosz; gross by the same ratio of tax. No discount changes nothing."""
    if not percent or not net:
        return net, gross
    lower = (net * (100 - percent) / 100).quantize(GROSZ, ROUND_HALF_UP)
    return lower, (lower * gross / net).quantize(GROSZ, ROUND_HALF_UP)
