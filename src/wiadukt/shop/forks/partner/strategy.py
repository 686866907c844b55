"""What a product costs this buyer and whether it may be ordered now."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner import availability, prices, strategy

from wiadukt.shop.organisations.access import organisation_of
from wiadukt.shop.organisations.models import IndividualPrice, Organisation


class NoPrice(availability.Unavailable):
    """Nobody sells what has no price."""

    code = "noprice"
    message = _("has no price for you: ask your salesman")

    def is_purchase_permitted(self, quantity: int) -> tuple[bool, Any]:
        return False, self.message


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

    def fetch_for_product(self, product: Any, stockrecord: Any = None) -> strategy.PurchaseInfo:
        info = super().fetch_for_product(product, stockrecord)
        return info if info.price.exists else info._replace(availability=NoPrice())

    def pricing_policy(self, product: Any, stockrecord: Any) -> prices.Base:
        agreed = self.individual.get(product.upc)
        if agreed is not None:
            return self._price(settings.OSCAR_DEFAULT_CURRENCY, agreed.net, agreed.gross, product.vat_code)
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
        """The buyer's own level and no other; the seller's people, who have none, see the first."""
        levels = sorted(product.level_prices.all(), key=lambda price: price.level)
        if self.organisation is None:
            return levels[0] if levels and getattr(self.user, "is_staff", False) else None
        return next((price for price in levels if price.level == self.organisation.price_level), None)

    def _price(self, currency: str, net: Decimal, gross: Decimal, vat_code: str) -> prices.Base:
        """None for a buyer where an order could not carry it to WAPRO: a level nobody filled in, another currency."""
        if net <= 0 or (self.organisation is not None and currency != settings.OSCAR_DEFAULT_CURRENCY):
            return prices.Unavailable()
        return prices.FixedPrice(currency=currency, excl_tax=net, tax=gross - net, tax_code=vat_code)


def discounted(net: Decimal, gross: Decimal, percent: Decimal) -> tuple[Decimal, Decimal]:
    """Net less the discount, gross by the same ratio of tax, each as exact as its price was (a grosz at least).

    A price of 0.0525 keeps its four decimals, a price of 12.50 its two. No discount changes nothing.
    """
    if not percent or not net:
        return net, gross
    lower = _as_exact_as(net, net * (100 - percent) / 100)
    return lower, _as_exact_as(gross, lower * gross / net)


def _as_exact_as(price: Decimal, amount: Decimal) -> Decimal:
    exponent = price.normalize().as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
