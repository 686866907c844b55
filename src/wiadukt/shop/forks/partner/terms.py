"""The shop's rows in the words of the contract's price rule: what a product says, and what a buyer's terms say."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from wiadukt.contract.facts import categories_of, thresholds_of
from wiadukt.contract.price_rule import PriceRule
from wiadukt.contract.pricing import Agreement, Amount, Buyer, Goods
from wiadukt.contract.product import Promotion
from wiadukt.shop.organisations.models import Organisation


def buyer_of(organisation: Organisation) -> Buyer:
    """The terms of an organisation. Its currency is the shop's: an order could carry no other price to WAPRO."""
    return Buyer(
        level=organisation.price_level,
        group=organisation.price_group,
        discount_percent=organisation.discount_percent,
        markup_percent=organisation.markup_percent,
        categories={one.category: one for one in categories_of(organisation.category_terms)},
        takes_promotions=organisation.takes_promotions,
        thresholds=thresholds_of(organisation.thresholds),
        currency=settings.OSCAR_DEFAULT_CURRENCY,
        rule=PriceRule.from_text(organisation.price_rule),
    )


def goods_of(product: Any) -> Goods:
    """A product with its rows, which should be prefetched."""
    return Goods(
        levels={row.level: Amount(row.net, row.gross, row.currency) for row in product.level_prices.all()},
        default_level=product.default_level,
        vat_percent=product.vat_percent,
        category=product.price_category,
        is_discountable=product.is_discountable,
        individual_prices_off=product.individual_prices_off,
        for_groups={row.group: agreement_of(row) for row in product.group_prices.all()},
        promotion=promotion_of(product),
    )


def agreement_of(row: Any) -> Agreement:
    """Of an individual or a group's price."""
    if row.net is None or row.gross is None:
        return Agreement(discount_percent=row.discount_percent, level=row.level)
    return Agreement(price=Amount(row.net, row.gross, row.currency))


def promotion_of(product: Any) -> Promotion | None:
    if not (product.promotion_net or product.promotion_gross or product.promotion_percent):
        return None
    return Promotion(
        net=product.promotion_net,
        gross=product.promotion_gross,
        discount_percent=product.promotion_percent,
        first_day=product.promotion_first_day,
        last_day=product.promotion_last_day,
    )
