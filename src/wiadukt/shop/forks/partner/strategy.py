"""What a product costs this buyer and whether it may be ordered now; the rule itself is `contract.pricing`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner import availability, prices, strategy

from wiadukt.contract.customer import Threshold
from wiadukt.contract.money import Basis, line_value
from wiadukt.contract.pricing import Buyer, Deed, Goods, Price, Step, price_of, reached, with_threshold
from wiadukt.contract.pricing import NoPrice as NoPriceFor
from wiadukt.shop.forks.partner.terms import agreement_of, buyer_of, goods_of
from wiadukt.shop.organisations.access import member_at, organisation_of
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.sizes.chosen import values_of
from wiadukt.shop.sizes.judge import Judged, judge
from wiadukt.shop.sizes.models import CHOOSE_FIRST, rule_of
from wiadukt.shop.sizes.price import SizedPrice, UnitPrice, price_of_size
from wiadukt.shop.sizes.rule import Rule
from wiadukt.shop.stock.rules import InStock, StockRules, ToOrder, load_rules

_NOT_SIZED = _("sizes can't be chosen any more: take the line out and put the product in again")


class NoPrice(availability.Unavailable):
    """Nobody sells what has no price."""

    code = "noprice"
    message = _("has no price for you: ask your salesman")

    def is_purchase_permitted(self, quantity: Decimal | int) -> tuple[bool, Any]:
        return False, self.message


class Unfit(availability.Unavailable):
    """What was chosen can't be made, or not any more."""

    code = "unfit"

    def __init__(self, message: Any) -> None:
        self.message = message

    def is_purchase_permitted(self, quantity: Decimal | int) -> tuple[bool, Any]:
        return False, self.message


class BuyersPrice(prices.FixedPrice):
    """A price with the answer to 'why this one' in `why`."""

    def __init__(self, why: Price, goods: Goods, basis: Basis, tax_code: str) -> None:
        super().__init__(currency=why.currency, excl_tax=why.net, tax=why.gross - why.net, tax_code=tax_code)
        self.why, self.goods, self.basis = why, goods, basis

    def at(self, threshold: Threshold | None) -> BuyersPrice:
        """What it is in an order that reached this threshold."""
        if threshold is None or not self.why.takes_threshold:
            return self
        lower = with_threshold(self.why, threshold.discount_percent, self.goods, self.basis)
        return BuyersPrice(lower, self.goods, self.basis, self.tax_code)


class PriceOfSize(BuyersPrice):
    """The price of a piece of the chosen size: the buyer's own price, made by the rule of the product's class."""

    def __init__(self, base: BuyersPrice, rule: Rule, judged: Judged) -> None:
        unit = UnitPrice(base.why.net, base.why.gross, base.goods.vat_percent, base.basis)
        self.base, self.rule, self.judged = base, rule, judged
        self.sized: SizedPrice = price_of_size(rule, judged.values, unit)
        net, gross = self.sized.net, self.sized.gross
        why = replace(base.why, net=net, gross=gross, steps=(*base.why.steps, Step(Deed.SIZE, net, gross)))
        super().__init__(why, base.goods, base.basis, base.tax_code)

    def at(self, threshold: Threshold | None) -> BuyersPrice:
        """The threshold lowers WAPRO's price, not what is added for edges and the like."""
        return PriceOfSize(self.base.at(threshold), self.rule, self.judged)


class NotSold(prices.Unavailable):
    """No price, and why not."""

    def __init__(self, reason: NoPriceFor) -> None:
        self.reason = reason


class Selector(strategy.Selector):
    """Everybody gets the strategy of his own organisation."""

    def strategy(self, request: Any = None, user: Any = None, **kwargs: Any) -> CustomerStrategy:
        return CustomerStrategy(request, user=user)


class CustomerStrategy(strategy.UseFirstStockRecord, strategy.Structured):
    """The buyer's own price on the day of the request, in Poland; stock is WAPRO's.

    `organisation` asks for another buyer's prices, as the seller's people do.
    """

    def __init__(self, request: Any = None, user: Any = None, organisation: Organisation | None = None) -> None:
        super().__init__(request)
        # Whoever says another user decides something for him, by terms read at that moment.
        asks = getattr(request, "user", None)
        self._is_of_request = asks is not None and (user is None or user is asks)
        self.user = user if user is not None else self.user
        if organisation is not None:
            self.organisation = organisation

    @cached_property
    def organisation(self) -> Organisation | None:
        if self._is_of_request:
            member = member_at(self.request)
            return member.organisation if member else None
        return organisation_of(self.user) if self.user is not None else None

    @cached_property
    def buyer(self) -> Buyer | None:
        return buyer_of(self.organisation) if self.organisation is not None else None

    @cached_property
    def today(self) -> date:
        return timezone.localdate()

    @cached_property
    def individual(self) -> dict[str, Any]:
        """All that is agreed, by index. Plain rows: a buyer may have thousands, and a page needs a few of them."""
        if self.organisation is None:
            return {}
        fields = ("product_index", "net", "gross", "currency", "discount_percent", "level")
        return {row.product_index: row for row in self.organisation.individual_prices.values_list(*fields, named=True)}

    @cached_property
    def stock_rules(self) -> StockRules:
        return load_rules()

    def fetch_for_product(self, product: Any, stockrecord: Any = None) -> strategy.PurchaseInfo:
        info = super().fetch_for_product(product, stockrecord)
        return info if info.price.exists else info._replace(availability=NoPrice())

    def fetch_for_line(self, line: Any, stockrecord: Any = None) -> strategy.PurchaseInfo:
        return self.fetch_for_sizes(line.product, values_of(line.parameters))

    def fetch_for_sizes(self, product: Any, values: Mapping[str, str]) -> strategy.PurchaseInfo:
        """For answers by the code of a line's parameter; none for what is sold as it is. What can't be made has no
        price, and its availability says why."""
        info, rule = self.fetch_for_product(product), rule_of(product)
        if rule is None:
            return info._replace(availability=Unfit(_NOT_SIZED)) if values else info
        judged = judge(rule, values)
        if judged.problems:
            unfit = Unfit(" ".join(judged.problems.values()) if values else CHOOSE_FIRST)
            return info._replace(price=prices.Unavailable(), availability=unfit)
        if not isinstance(info.price, BuyersPrice):
            return info
        sized = PriceOfSize(info.price, rule, judged)
        if sized.why.net <= 0 or sized.why.gross <= 0:
            return info._replace(price=NotSold(NoPriceFor.ZERO), availability=NoPrice())
        return info._replace(price=sized)

    def pricing_policy(self, product: Any, stockrecord: Any) -> prices.Base:
        if self.buyer is None:
            return self._first_level(product)
        agreed = self.individual.get(product.upc)
        goods = goods_of(product)
        found = price_of(goods, self.buyer, agreement_of(agreed) if agreed else None, self.today)
        if not isinstance(found, Price):
            return NotSold(found)
        return BuyersPrice(found, goods, self.buyer.rule.basis, product.vat_code)

    def value_for_threshold(self, priced: Iterable[tuple[Decimal, Any]]) -> Decimal:
        """The net or the gross value, by the buyer's rule, of such quantities at prices before any threshold."""
        by_gross = self.buyer is not None and self.buyer.rule.threshold_basis is Basis.GROSS
        values = (line_value(n, one.incl_tax if by_gross else one.excl_tax) for n, one in priced if one.exists)
        return sum(values, Decimal(0))

    def threshold_of(self, priced: Iterable[tuple[Decimal, Any]]) -> Threshold | None:
        """The threshold that an order of such quantities at these prices reaches."""
        if self.buyer is None or not self.buyer.thresholds:
            return None
        return reached(self.buyer.thresholds, self.value_for_threshold(priced))

    def in_order(self, price: Any, threshold: Threshold | None) -> Any:
        """A price in an order that reached this threshold."""
        return price.at(threshold) if isinstance(price, BuyersPrice) else price

    def parent_pricing_policy(self, product: Any, children_stock: Any) -> prices.Base:
        return prices.Unavailable()

    def availability_policy(self, product: Any, stockrecord: Any) -> availability.Base:
        if stockrecord is None or not product.may_be_ordered:
            return availability.Unavailable()
        if product.get_product_class().made_to_order:
            return ToOrder(product.portions)
        return InStock(_free(product, stockrecord), product.portions, self.stock_rules.for_product(product))

    def parent_availability_policy(self, product: Any, children_stock: Any) -> availability.Base:
        return availability.Unavailable()

    def _first_level(self, product: Any) -> prices.Base:
        """The seller's people, who have no level of their own, see the first one; nobody else sees any."""
        levels = sorted(product.level_prices.all(), key=lambda price: price.level)
        if not levels or not getattr(self.user, "is_staff", False) or levels[0].net <= 0:
            return prices.Unavailable()
        first = levels[0]
        return prices.FixedPrice(
            currency=first.currency, excl_tax=first.net, tax=first.gross - first.net, tax_code=product.vat_code
        )


def _free(product: Any, stockrecord: Any) -> Decimal:
    """WAPRO's figure less what is ordered here already; of what is not sold in fractions whole units."""
    there = stockrecord.available if product.is_divisible else stockrecord.num_in_stock
    return Decimal(there or 0) - (stockrecord.num_allocated or 0)
