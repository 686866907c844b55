"""What a product costs a buyer: each source in its turn, each step to the grosz, a promotion only on its days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiadukt.contract.customer import CategoryTerms, Threshold
from wiadukt.contract.facts import categories_fact, categories_of, thresholds_fact, thresholds_of
from wiadukt.contract.money import Basis, changed
from wiadukt.contract.price_rule import Choice, PriceRule, Source
from wiadukt.contract.pricing import (
    Agreement,
    Amount,
    Buyer,
    Goods,
    NoPrice,
    Price,
    next_after,
    price_of,
    reached,
    with_threshold,
)
from wiadukt.contract.product import Promotion

DAY = date(2026, 11, 24)
D = Decimal


def amount(net: str, gross: str, currency: str = "PLN") -> Amount:
    return Amount(D(net), D(gross), currency)


def goods(**fields):
    levels = {"1": amount("12.50", "15.38"), "2": amount("10.00", "12.30")}
    return Goods(**{"levels": levels, "vat_percent": D(23), "default_level": "1", **fields})


def asked(the_goods=None, agreed=None, day=DAY, **buyer) -> tuple[str, str, str]:
    price = price_of(the_goods or goods(), Buyer(**{"level": "2", "group": "7", **buyer}), agreed, day)
    assert isinstance(price, Price), price
    return str(price.net), str(price.gross), price.source.value


PROMOTION = Promotion(net=D("9.00"), first_day=date(2026, 11, 20), last_day=date(2026, 11, 30))


def test_the_level_of_the_group_and_the_cards_own_where_the_group_has_none():
    assert asked() == ("10.00", "12.30", "level")
    assert asked(level="") == ("12.50", "15.38", "level")
    assert asked(categories={"5": CategoryTerms(category="5", level="1")}) == ("10.00", "12.30", "level")
    assert asked(goods(category="5"), categories={"5": CategoryTerms(category="5", level="1")})[0] == "12.50"


def test_a_level_nobody_filled_in_is_no_price():
    assert price_of(goods(), Buyer(level="3"), None, DAY) is NoPrice.NO_LEVEL
    assert price_of(goods(levels={"2": amount("0", "0")}), Buyer(level="2"), None, DAY) is NoPrice.ZERO


def test_an_agreed_price_comes_first_and_takes_no_discount():
    agreed = Agreement(price=amount("7.90", "9.72"))

    assert asked(agreed=agreed, discount_percent=D(5)) == ("7.90", "9.72", "individual")
    assert asked(goods(individual_prices_off=True), agreed) == ("10.00", "12.30", "level")
    assert asked(goods(promotion=PROMOTION), agreed)[2] == "individual"


def test_an_agreed_price_without_gross_gets_it_by_vat():
    assert asked(agreed=Agreement(price=amount("7.99", "0"))) == ("7.99", "9.83", "individual")


def test_an_agreed_discount_is_from_its_level_or_the_buyers():
    assert asked(agreed=Agreement(discount_percent=D(10))) == ("9.00", "11.07", "individual")
    assert asked(agreed=Agreement(discount_percent=D(10), level="1")) == ("11.25", "13.84", "individual")


def test_a_price_agreed_in_another_currency_is_not_read_as_ours_and_not_passed_over():
    euros = Agreement(price=amount("2.00", "2.46", "EUR"))

    assert price_of(goods(), Buyer(level="2"), euros, DAY) is NoPrice.OTHER_CURRENCY


def test_what_a_group_agreed_is_for_its_buyers_only():
    card = goods(for_groups={"7": Agreement(price=amount("8.00", "9.84"))})

    assert asked(card) == ("8.00", "9.84", "group")
    assert asked(card, group="8")[2] == "level"
    assert asked(card, Agreement(price=amount("8.50", "10.46")))[0] == "8.50"


@pytest.mark.parametrize(
    ("day", "source"),
    [("2026-11-19", "level"), ("2026-11-20", "promotion"), ("2026-11-30", "promotion"), ("2026-12-01", "level")],
)
def test_a_promotion_holds_on_its_days_the_first_and_the_last_included(day, source):
    assert asked(goods(promotion=PROMOTION), day=date.fromisoformat(day))[2] == source


def test_a_promotion_is_for_those_who_take_part():
    assert asked(goods(promotion=PROMOTION), discount_percent=D(50)) == ("9.00", "11.07", "promotion")
    assert asked(goods(promotion=PROMOTION), takes_promotions=False)[2] == "level"
    by_percent = Promotion(discount_percent=D(15))
    assert asked(goods(promotion=by_percent)) == ("8.50", "10.46", "promotion")


def test_markup_then_discount_each_rounded():
    # 10.00 + 2.5 % = 10.25; less 3 % = 9.9425 -> 9.94; gross 9.94 * 1.23 = 12.2262 -> 12.23
    assert asked(markup_percent=D("2.5"), discount_percent=D(3)) == ("9.94", "12.23", "level")
    card = goods(category="5")
    own = {"5": CategoryTerms(category="5", markup_percent=D(0))}
    assert asked(card, categories=own, markup_percent=D("2.5"))[0] == "10.00", "the category's own markup is none"
    assert asked(goods(is_discountable=False), discount_percent=D(3))[0] == "10.00"


def test_the_lowest_price_where_the_rule_says_so():
    agreed = Agreement(price=amount("9.50", "11.69"))
    rule = PriceRule(choice=Choice.LOWEST)

    assert asked(goods(promotion=PROMOTION), agreed, rule=rule) == ("9.00", "11.07", "promotion")
    only_level = PriceRule(sources=(Source.LEVEL,))
    assert asked(goods(promotion=PROMOTION), agreed, rule=only_level)[2] == "level"


def test_documents_counted_from_gross_keep_the_gross_price():
    # 12.30 less 3 % = 11.931 -> 11.93; net 11.93 / 1.23 = 9.699 -> 9.70
    assert asked(discount_percent=D(3), rule=PriceRule(basis=Basis.GROSS)) == ("9.70", "11.93", "level")


STEPS = (Threshold(from_value=D(1000), discount_percent=D(3)), Threshold(from_value=D(5000), discount_percent=D(5)))


def test_thresholds_by_the_orders_value():
    assert reached(STEPS, D("999.99")) is None
    assert reached(STEPS, D(1000)) == STEPS[0]
    assert next_after(STEPS, D(880)) == STEPS[0]
    assert next_after(STEPS, D(1000)) == STEPS[1]
    assert next_after(STEPS, D(5000)) is None
    price = price_of(goods(), Buyer(level="2"), None, DAY)
    lower = with_threshold(price, D(3), goods(), Basis.NET)
    assert (str(lower.net), str(lower.gross), lower.steps[-1].deed.value) == ("9.70", "11.93", "threshold")
    agreed = price_of(goods(), Buyer(level="2"), Agreement(price=amount("7.90", "9.72")), DAY)
    assert with_threshold(agreed, D(3), goods(), Basis.NET) == agreed


def test_every_step_of_why_ends_at_the_price():
    price = price_of(goods(), Buyer(level="2", markup_percent=D(5), discount_percent=D(3)), None, DAY)

    assert [(step.deed.value, step.percent) for step in price.steps] == [
        ("taken", 0),
        ("markup", 5),
        ("discount", -3),
    ]
    assert (price.steps[-1].net, price.steps[-1].gross) == (price.net, price.gross)


def test_without_the_rate_gross_follows_by_the_ratio():
    assert changed(D("10.00"), D("10.80"), D(-5), vat_percent=None) == (D("9.50"), D("10.26"))


percents = st.decimals("-99", "99", places=2)


@given(st.dictionaries(st.decimals("0", "99999", places=2), percents, max_size=4))
def test_thresholds_survive_being_a_text(pairs):
    steps = tuple(Threshold(from_value=v, discount_percent=p) for v, p in sorted(pairs.items()))

    assert thresholds_of(thresholds_fact(steps)) == steps


@given(st.dictionaries(st.integers(1, 999).map(str), st.tuples(st.sampled_from(["", "3"]), st.none() | percents)))
def test_category_terms_survive_being_a_text(rows):
    terms = tuple(CategoryTerms(category=c, level=v, markup_percent=p) for c, (v, p) in sorted(rows.items()))

    assert categories_of(categories_fact(terms)) == terms


@given(st.decimals("0.01", "9999", places=2), percents)
def test_a_changed_price_is_within_a_grosz_of_the_exact_one(net, percent):
    gross = (net * D("1.23")).quantize(D("0.01"))
    lower, _gross = changed(net, gross, percent, vat_percent=D(23))

    assert abs(lower - net * (100 + percent) / 100) <= D("0.005")


def test_a_rule_survives_being_a_text():
    rule = PriceRule(choice=Choice.LOWEST, by_threshold=(), basis=Basis.GROSS)

    assert PriceRule.from_text(rule.as_text()) == rule
    assert PriceRule().as_text() == ""
