"""An order for more than there is does what the seller's people said, at every door through which goods are ordered."""

from __future__ import annotations

from decimal import Decimal

import pytest
from factories.goods import a_goods_person
from factories.shop import (
    a_basket,
    a_priced_product,
    an_order,
)

from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.forks.partner.models import StockRecord
from wiadukt.shop.stock.models import OverStock, StockRule

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

LATER = "brakujące 7 szt dostarczymy później"
TOO_MANY = "zamów najwyżej 5 szt"


@pytest.fixture
def product():
    return a_priced_product("ZAW-1", stock=5, title="Zawias Clip")


def said(action: str, kind=None) -> None:
    StockRule.objects.create(product_class=kind, action=action, author="ola@sklep.example")


def read(answer) -> str:
    return " ".join(answer.content.decode().split())


def put(browser, product, quantity: object = 12) -> str:
    return read(browser.post(f"/basket/add/{product.pk}/", {"quantity": quantity}, follow=True))


def order(browser, place, branch, page=None) -> str:
    page = page or browser.get("/basket/checkout/")
    seen = {name: page.context["form"][name].value() for name in ("seen_total", "basket", "seen_shortages")}
    return read(browser.post("/basket/checkout/", {"place": place.pk, "branch": branch.pk, **seen}, follow=True))


@pytest.mark.parametrize(("action", "told"), [("forbid", TOO_MANY), ("warn", LATER), ("allow", "")])
def test_every_door_does_what_was_said(browser, product, branch, place, action, told):
    said(action)
    once = an_order(branch, "WD-9")
    once.lines.update(product=product, quantity=12, title=product.title)
    doors = {
        "product's page": lambda: put(browser, product),
        "order again": lambda: read(browser.post(f"/orders/{once.pk}/again/", follow=True)),
        "quick order": lambda: read(browser.post("/basket/quick/", {"text": "ZAW-1 12"})),
    }

    for door, come_through in doors.items():
        page = come_through()

        if told:
            assert f"chcesz 12 szt, dostępne 5 szt: {told}" in page, door
        else:
            assert TOO_MANY not in page, door
            assert LATER not in page, door
        lines = list(browser.get("/basket/").context["lines"])
        if door != "quick order":
            assert [line.quantity for line in lines] == ([] if action == "forbid" else [12]), door
        for line in lines:
            browser.post(f"/basket/line/{line.pk}/", {"quantity": 0})

    a_basket(browser.get("/basket/").wsgi_request.user, (product, 12))
    answer = order(browser, place, branch)
    assert Order.objects.exclude(pk=once.pk).count() == (0 if action == "forbid" else 1)
    assert (TOO_MANY in answer) == (action == "forbid")


def test_the_basket_and_the_checkout_tell_what_is_missing(browser, product):
    said(OverStock.WARN)
    put(browser, product)

    for address in ("/basket/", "/basket/checkout/"):
        assert f"Zawias Clip: chcesz 12 szt, dostępne 5 szt: {LATER}" in read(browser.get(address))


def test_a_saved_basket_is_looked_at_anew_when_it_is_opened(browser, product):
    put(browser, product, 5)
    browser.post("/basket/save/", {"name": "Kuchnia"})
    StockRecord.objects.update(available=2, num_in_stock=2)
    (kept,) = browser.get("/basket/").context["saved"]

    page = read(browser.post(f"/basket/saved/{kept.pk}/open/", follow=True))

    assert "Zawias Clip: chcesz 5 szt, dostępne 2 szt: zamów najwyżej 2 szt" in page


def test_stock_that_fell_after_the_page_was_opened_is_told_before_the_order_is_placed(browser, product, branch, place):
    said(OverStock.WARN)
    put(browser, product)
    page = browser.get("/basket/checkout/")
    StockRecord.objects.update(available=1, num_in_stock=1)

    answer = order(browser, place, branch, page)

    assert "Zawias Clip: chcesz 12 szt, dostępne 1 szt: brakujące 11 szt" in answer
    assert not Order.objects.exists()
    order(browser, place, branch)
    assert Order.objects.exists(), "who has seen it may order"


def test_stock_that_grew_meanwhile_stops_nobody(browser, product, branch, place):
    said(OverStock.WARN)
    put(browser, product)
    page = browser.get("/basket/checkout/")
    StockRecord.objects.update(available=8, num_in_stock=8)

    order(browser, place, branch, page)

    assert Order.objects.exists()


def test_a_product_type_may_differ_from_the_rest(browser, product):
    said(OverStock.FORBID)
    said(OverStock.WARN, product.product_class)

    assert LATER in put(browser, product)


def test_what_is_not_there_is_on_order_where_it_may_be_ordered(browser, product):
    StockRecord.objects.update(available=0, num_in_stock=0)
    assert "niedostępny" in read(browser.get(product.get_absolute_url()))

    said(OverStock.ALLOW)

    for address in (product.get_absolute_url(), "/catalogue/"):
        page = read(browser.get(address))
        assert "na zamówienie" in page
        assert "Do koszyka" in page


def test_what_is_sold_in_fractions_shows_its_fraction_and_other_goods_whole_units(browser, product):
    StockRecord.objects.update(available=Decimal("2.750"), num_in_stock=2, num_allocated=1)
    assert "dostępne: 1 szt" in read(browser.get("/catalogue/"))

    type(product).objects.update(is_divisible=True, unit="m")

    assert "dostępne: 1,75 m" in read(browser.get("/catalogue/"))
    assert "chcesz 2 m, dostępne 1,75 m" in put(browser, product, 2)


def test_goods_people_set_the_rules_on_their_page(browser, product, logged_in):
    person = logged_in(a_goods_person("ola@sklep.example"))
    page = person.get("/dashboard/intake/stock/")
    fields = [form["action"].html_name for form in page.context["forms"]]
    assert len(fields) == 2

    person.post("/dashboard/intake/stock/", {fields[0]: "warn", fields[1]: "as_all"})
    assert StockRule.objects.get().author == "ola@sklep.example"
    assert LATER in put(browser, product)

    person.post("/dashboard/intake/stock/", {fields[0]: "warn", fields[1]: "forbid"})
    assert TOO_MANY in put(browser, product, 12)

    person.post("/dashboard/intake/stock/", {fields[0]: "warn", fields[1]: "as_all"})
    assert [rule.product_class for rule in StockRule.objects.all()] == [None]
