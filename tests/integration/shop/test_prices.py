"""What a buyer sees is what he pays, to the grosz: listing, basket, order and WAPRO say the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from factories.shop import (
    a_basket,
    a_company,
    a_member,
    a_place,
    a_price,
    a_priced_product,
    a_product,
    a_user,
    fresh_basket,
)

from wiadukt.contract.money import changed, line_value
from wiadukt.shop.forks.partner.strategy import CustomerStrategy
from wiadukt.shop.ordering.messages import placed_order
from wiadukt.shop.ordering.place import CannotPlace, Wishes, place
from wiadukt.shop.organisations.models import IndividualPrice

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def buyer():
    company = a_company("Stolarnia", price_level="2")
    member = a_member("anna@stolarnia.example", company.default_branch)
    a_place(company, "Hala")
    return member


def ordered(member, basket, **wishes):
    organisation = member.organisation
    said = Wishes(branch=organisation.default_branch, place=organisation.delivery_places.get(), **wishes)
    return place(fresh_basket(basket), member, said)


# quantity, net and gross per unit -> net and gross of the line; worked by hand, a half goes up.
WORKED = [
    (10_000, "0.0525", "0.0646", "525.00", "646.00"),
    (7, "0.0525", "0.0646", "0.37", "0.45"),  # 0.3675, 0.4522
    (3, "1.115", "1.3715", "3.35", "4.11"),  # 3.345, 4.1145
    (1, "1.005", "1.2362", "1.01", "1.24"),
    (250, "12.34", "15.18", "3085.00", "3795.00"),
]


@pytest.mark.parametrize(("quantity", "net", "gross", "line_net", "line_gross"), WORKED)
def test_a_line_is_worth_what_wapro_will_say(buyer, quantity, net, gross, line_net, line_gross):
    assert str(line_value(quantity, Decimal(net))) == line_net
    product = a_product("SRUBA-1", stock=20_000)
    a_price(product, net, gross)
    basket = a_basket(buyer.user, (product, quantity))
    assert (str(basket.total_excl_tax), str(basket.total_incl_tax)) == (line_net, line_gross)

    order = ordered(buyer, basket)

    line = order.lines.get()
    assert (line.unit_price_excl_tax, line.unit_price_incl_tax) == (Decimal(net), Decimal(gross))
    assert (str(line.line_price_excl_tax), str(line.line_price_incl_tax)) == (line_net, line_gross)
    assert (str(order.total_excl_tax), str(order.total_incl_tax)) == (line_net, line_gross)
    said = placed_order(order, [line]).lines[0]
    assert (said.price_net, said.price_gross) == (Decimal(net), Decimal(gross))


def test_the_sum_is_the_sum_of_rounded_lines(buyer):
    lines = []
    for n in range(3):
        product = a_product(f"SRUBA-{n}")
        a_price(product, "0.0525", "0.0646")
        lines.append((product, 7))
    basket = a_basket(buyer.user, *lines)

    assert str(basket.total_excl_tax) == "1.11", "three times 0.37, and not 1.10 of 1.1025"


@pytest.mark.parametrize(
    ("net", "gross", "percent", "result"),
    [
        ("12.50", "15.38", "3", ("12.13", "14.92")),  # 12.125, 14.9248
        ("0.0525", "0.0646", "3", ("0.0509", "0.0626")),
        ("10.0000", "12.3000", "5", ("9.50", "11.69")),  # 11.685
        ("10.00", "12.30", "0", ("10.00", "12.30")),
    ],
)
def test_a_discount_is_as_exact_as_the_price(net, gross, percent, result):
    lower = changed(Decimal(net), Decimal(gross), -Decimal(percent), vat_percent=Decimal(23))

    assert tuple(round(one, 4) for one in lower) == tuple(map(Decimal, result))


def test_every_page_shows_all_decimals_that_are_summed(buyer, logged_in):
    product = a_product("SRUBA-1")
    a_price(product, "0.0525", "0.0646")
    a_basket(buyer.user, (product, 7))
    browser = logged_in(buyer.user)

    for page in ["/catalogue/", product.get_absolute_url(), "/basket/", "/basket/checkout/"]:
        assert "0,0525" in browser.get(page).content.decode(), page


def test_nobody_sees_or_pays_the_price_of_another_level(buyer, logged_in):
    product = a_product("ZAW-1")
    a_price(product, "7.77", "9.56", level="1")

    info = CustomerStrategy(user=buyer.user).fetch_for_product(product)

    assert not info.price.exists
    assert not info.availability.is_available_to_buy
    page = logged_in(buyer.user).get(product.get_absolute_url()).content.decode()
    assert "7,77" not in page
    stranger = CustomerStrategy(user=a_user("nikt@nikt.example")).fetch_for_product(product)
    assert not stranger.price.exists
    seller = CustomerStrategy(user=a_user("my@wiadukt.example", is_staff=True)).fetch_for_product(product)
    assert seller.price.excl_tax == Decimal("7.77")


def test_a_basket_whose_price_vanished_is_shown_and_cannot_be_ordered(buyer, logged_in):
    product, other = a_product("ZAW-1"), a_product("ZAW-2")
    price = a_price(product, "10.00", "12.30")
    a_price(other, "1.00", "1.23")
    basket = a_basket(buyer.user, (product, 2), (other, 1))
    price.delete()
    browser = logged_in(buyer.user)

    page = browser.get("/basket/")

    assert page.status_code == 200
    assert "ZAW-1" in page.content.decode()
    assert fresh_basket(basket).total_excl_tax == Decimal("1.00")
    with pytest.raises(CannotPlace, match="ZAW-1"):
        ordered(buyer, basket)
    assert browser.get("/basket/checkout/").status_code in (200, 302)


def test_a_price_that_changed_after_the_page_was_shown_is_not_taken_silently(buyer):
    product = a_product("ZAW-1")
    price = a_price(product, "10.00", "12.30")
    basket = a_basket(buyer.user, (product, 2))
    price.net, price.gross = Decimal("11.00"), Decimal("13.53")
    price.save()

    with pytest.raises(CannotPlace):
        ordered(buyer, basket, seen_total=Decimal("20.00"))

    assert ordered(buyer, basket, seen_total=Decimal("22.00")).total_excl_tax == Decimal("22.00")


def test_an_agreed_price_beats_level_and_discount(buyer):
    product = a_priced_product("ZAW-1")
    IndividualPrice.objects.create(
        organisation=buyer.organisation, product_index="ZAW-1", net=Decimal("7.9999"), gross=Decimal("9.8399")
    )

    assert CustomerStrategy(user=buyer.user).fetch_for_product(product).price.excl_tax == Decimal("7.9999")


@pytest.mark.parametrize(
    ("net", "gross", "currency"),
    [("0.0000", "0.0000", "PLN"), ("10.00", "12.30", "EUR")],
    ids=["a level nobody filled in", "another currency"],
)
def test_what_wapro_could_not_take_at_this_price_is_not_sold(buyer, logged_in, net, gross, currency):
    product, other = a_product("ZAW-1"), a_product("ZAW-2")
    price = a_price(product, "10.00", "12.30")
    a_price(other, "1.00", "1.23")
    basket = a_basket(buyer.user, (product, 1), (other, 1))
    price.net, price.gross, price.currency = Decimal(net), Decimal(gross), currency
    price.save()
    browser = logged_in(buyer.user)

    assert browser.post(f"/basket/add/{product.pk}/", {"quantity": 1}).status_code == 302
    assert browser.get("/basket/").status_code == 200
    with pytest.raises(CannotPlace, match="ZAW-1"):
        ordered(buyer, basket)


def test_an_agreed_price_of_nothing_is_no_price(buyer):
    product = a_priced_product("ZAW-1")
    IndividualPrice.objects.create(organisation=buyer.organisation, product_index="ZAW-1", net=0, gross=0)

    assert not CustomerStrategy(user=buyer.user).fetch_for_product(product).price.exists


def test_a_discount_of_everything_is_no_gift(buyer):
    product = a_priced_product("ZAW-1")
    buyer.organisation.discount_percent = Decimal(100)
    buyer.organisation.save()

    assert not CustomerStrategy(user=buyer.user).fetch_for_product(product).price.exists
