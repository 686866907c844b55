"""What a product costs a buyer on a day: the one place where the sources of a price meet.

Pure: both sides may ask it. The shop does, because rules and rows travel and prices of every buyer would not
(ADR 10); the worked examples are in docs/prices.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from wiadukt.contract.customer import CategoryTerms, Threshold
from wiadukt.contract.money import Basis, changed, gross_of, net_of
from wiadukt.contract.price_rule import Choice, PriceRule, Source
from wiadukt.contract.product import Promotion

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Amount:
    """A price per unit, net and gross."""

    net: Decimal
    gross: Decimal
    currency: str = "PLN"


@dataclass(frozen=True)
class Agreement:
    """What was agreed for a product: a price, or a discount from a level (empty: the buyer's own)."""

    price: Amount | None = None
    discount_percent: Decimal | None = None
    level: str = ""


@dataclass(frozen=True)
class Goods:
    """What a product says about its price."""

    levels: Mapping[str, Amount]
    default_level: str = ""
    vat_percent: Decimal | None = None
    category: str = ""
    is_discountable: bool = True
    individual_prices_off: bool = False
    for_groups: Mapping[str, Agreement] = field(default_factory=dict)
    promotion: Promotion | None = None


@dataclass(frozen=True)
class Buyer:
    """What a buyer's terms say about prices. `agreed` is what was agreed with him for the product that is asked for."""

    level: str = ""
    group: str = ""
    discount_percent: Decimal = NOTHING
    markup_percent: Decimal = NOTHING
    categories: Mapping[str, CategoryTerms] = field(default_factory=dict)
    takes_promotions: bool = True
    thresholds: Sequence[Threshold] = ()
    currency: str = "PLN"
    rule: PriceRule = field(default_factory=PriceRule)


class Deed(StrEnum):
    """What a step did to the price."""

    TAKEN = "taken"
    MARKUP = "markup"
    DISCOUNT = "discount"
    THRESHOLD = "threshold"
    SIZE = "size"


@dataclass(frozen=True)
class Step:
    """One line of the answer to 'why this price'. `percent`: positive raised it. `level`: whose price was taken."""

    deed: Deed
    net: Decimal
    gross: Decimal
    percent: Decimal = NOTHING
    level: str = ""


@dataclass(frozen=True)
class Price:
    """What one unit costs, where that comes from, and how. `until` is the last day of a promotion."""

    net: Decimal
    gross: Decimal
    currency: str
    source: Source
    steps: tuple[Step, ...]
    until: date | None = None
    takes_threshold: bool = False


class NoPrice(StrEnum):
    """Why there is none: nothing is sold at a price that nobody set or that the order could not carry."""

    NO_LEVEL = "no_level"
    OTHER_CURRENCY = "other_currency"
    ZERO = "zero"


def price_of(goods: Goods, buyer: Buyer, agreed: Agreement | None, day: date) -> Price | NoPrice:
    """The price that `buyer.rule` chooses. A source that would give a price in another currency, or one of nothing,
    is not passed over: the buyer then has no price, since the next source's would not be what was agreed."""
    found: list[Price] = []
    for source in buyer.rule.sources:
        price = _FROM[source](goods, buyer, agreed, day)
        if price is None:
            continue
        if isinstance(price, NoPrice):
            return price
        finished = _discounted(price, goods, buyer)
        if finished.net <= 0 or finished.gross <= 0:
            return NoPrice.ZERO
        found.append(finished)
        if buyer.rule.choice is Choice.FIRST:
            break
    if not found:
        return NoPrice.NO_LEVEL
    return min(found, key=lambda price: price.net)


def reached(thresholds: Sequence[Threshold], value: Decimal) -> Threshold | None:
    """The best threshold that an order of this value reaches."""
    return max((one for one in thresholds if value >= one.from_value), key=_percent, default=None)


def next_after(thresholds: Sequence[Threshold], value: Decimal) -> Threshold | None:
    """The nearest threshold above this value that gives more than what is reached."""
    now = reached(thresholds, value)
    better = [one for one in thresholds if one.from_value > value and (now is None or _percent(one) > _percent(now))]
    return min(better, key=lambda one: one.from_value, default=None)


def with_threshold(price: Price, percent: Decimal, goods: Goods, basis: Basis) -> Price:
    """The price in an order that reached a threshold of so many percent."""
    if not price.takes_threshold or not percent:
        return price
    return _changed(price, Deed.THRESHOLD, -percent, goods.vat_percent, basis)


def _percent(threshold: Threshold) -> Decimal:
    return threshold.discount_percent


def _level_of(goods: Goods, buyer: Buyer) -> str:
    terms = buyer.categories.get(goods.category)
    return (terms.level if terms else "") or buyer.level or goods.default_level


def _at_level(goods: Goods, buyer: Buyer, level: str, source: Source) -> Price | NoPrice | None:
    """The price of a level with the buyer's markup; None where the product has none at this level."""
    amount = goods.levels.get(level)
    if amount is None:
        return None
    if amount.net <= 0:
        return NoPrice.ZERO
    price = _taken(amount, goods, buyer, source, level=level)
    if isinstance(price, NoPrice):
        return price
    terms = buyer.categories.get(goods.category)
    markup = terms.markup_percent if terms and terms.markup_percent is not None else buyer.markup_percent
    return _changed(price, Deed.MARKUP, markup, goods.vat_percent, buyer.rule.basis)


def _from_level(goods: Goods, buyer: Buyer, agreed: Agreement | None, day: date) -> Price | NoPrice | None:
    return _at_level(goods, buyer, _level_of(goods, buyer), Source.LEVEL)


def _from_agreement(goods: Goods, buyer: Buyer, agreement: Agreement | None, source: Source) -> Price | NoPrice | None:
    if agreement is None or goods.individual_prices_off:
        return None
    if agreement.price is not None:
        return _taken(agreement.price, goods, buyer, source)
    level = agreement.level or _level_of(goods, buyer)
    return _less(_at_level(goods, buyer, level, source), agreement.discount_percent or NOTHING, goods, buyer)


def _from_individual(goods: Goods, buyer: Buyer, agreed: Agreement | None, day: date) -> Price | NoPrice | None:
    return _from_agreement(goods, buyer, agreed, Source.INDIVIDUAL)


def _from_group(goods: Goods, buyer: Buyer, agreed: Agreement | None, day: date) -> Price | NoPrice | None:
    return _from_agreement(goods, buyer, goods.for_groups.get(buyer.group), Source.GROUP)


def _from_promotion(goods: Goods, buyer: Buyer, agreed: Agreement | None, day: date) -> Price | NoPrice | None:
    promotion = goods.promotion
    if promotion is None or not buyer.takes_promotions or not holds_on(promotion, day):
        return None
    if promotion.net > 0 or promotion.gross > 0:
        return _until(_taken(Amount(promotion.net, promotion.gross), goods, buyer, Source.PROMOTION), promotion)
    base = _at_level(goods, buyer, _level_of(goods, buyer), Source.PROMOTION)
    return _until(_less(base, promotion.discount_percent, goods, buyer), promotion)


def _until(price: Price | NoPrice | None, promotion: Promotion) -> Price | NoPrice | None:
    return replace(price, until=promotion.last_day) if isinstance(price, Price) else price


_FROM = {
    Source.INDIVIDUAL: _from_individual,
    Source.GROUP: _from_group,
    Source.PROMOTION: _from_promotion,
    Source.LEVEL: _from_level,
}


def holds_on(promotion: Promotion, day: date) -> bool:
    """Whether a promotion holds on this day, the first and the last included."""
    begun = promotion.first_day is None or promotion.first_day <= day
    return begun and (promotion.last_day is None or day <= promotion.last_day)


def _taken(amount: Amount, goods: Goods, buyer: Buyer, source: Source, level: str = "") -> Price | NoPrice:
    """A price as somebody wrote it; where only net or only gross was written, the other follows by VAT."""
    if amount.currency != buyer.currency:
        return NoPrice.OTHER_CURRENCY
    net, gross = amount.net, amount.gross
    vat = goods.vat_percent or NOTHING
    if net and not gross:
        gross = gross_of(net, vat)
    elif gross and not net:
        net = net_of(gross, vat)
    step = Step(Deed.TAKEN, net, gross, level=level)
    return Price(net, gross, amount.currency, source, (step,))


def _less(price: Price | NoPrice | None, percent: Decimal, goods: Goods, buyer: Buyer) -> Price | NoPrice | None:
    if not isinstance(price, Price):
        return price
    return _changed(price, Deed.DISCOUNT, -percent, goods.vat_percent, buyer.rule.basis)


def _discounted(price: Price, goods: Goods, buyer: Buyer) -> Price:
    """With the buyer's own discount, where this source and this product take it."""
    rule = buyer.rule
    if goods.is_discountable and price.source in rule.discounted:
        price = _changed(price, Deed.DISCOUNT, -buyer.discount_percent, goods.vat_percent, rule.basis)
    return replace(price, takes_threshold=goods.is_discountable and price.source in rule.by_threshold)


def _changed(price: Price, deed: Deed, percent: Decimal, vat: Decimal | None, basis: Basis) -> Price:
    if not percent:
        return price
    net, gross = changed(price.net, price.gross, percent, vat_percent=vat, basis=basis)
    return replace(price, net=net, gross=gross, steps=(*price.steps, Step(deed, net, gross, percent)))
