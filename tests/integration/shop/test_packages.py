"""Goods that WAPRO sells in another unit than it keeps them in: the buyer sees what is in one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from factories import shop as make
from factories.sizes import a_rule

from wiadukt.contract.product import Contents
from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.history.models import Change
from wiadukt.shop.sizes.models import PIECE
from wiadukt.shop.sync.apply.products import apply_products

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def arrive(contents: Contents | None = None, **fields: object) -> Product:
    article = make.erp_article("WKR-1", unit="op.", contents=contents, available=Decimal("8.333333"), **fields)
    apply_products([article], [], make.batch("e", "WKR-1"))
    return Product.objects.get(upc="WKR-1")


@pytest.fixture
def screws() -> Product:
    product = make.a_product("WKR-1", unit="op.", contents_quantity=12, contents_unit="szt.")
    make.a_price(product, "10.00", "12.30")
    return product


@pytest.fixture
def browser(logged_in):
    return logged_in(make.a_member("ewa@nowak.example", make.a_company("Nowak").default_branch).user)


def shown(browser, where: str) -> str:
    return " ".join(browser.get(where).content.decode().replace("\xa0", " ").split())


def test_what_a_package_holds_comes_from_wapro_with_its_history_and_goes_again():
    assert arrive(Contents(quantity=Decimal(12), unit="szt.")).contents_quantity == 12
    made = arrive(Contents(quantity=Decimal("0.5"), unit="kg"))

    assert (made.contents_quantity, made.contents_unit) == (Decimal("0.5"), "kg")
    said = {(one.field, one.old, one.new) for one in Change.objects.filter(kind="product", object_id=made.pk)}
    assert {("contents_quantity", "12", "0.5"), ("contents_unit", "szt.", "kg")} <= said
    assert arrive().contents is None


def test_it_stands_in_the_list_on_the_page_and_in_the_basket(browser, screws):
    for where in ("/catalogue/", screws.get_absolute_url()):
        assert "1 op. = 12 szt." in shown(browser, where)

    browser.post(f"/basket/add/{screws.pk}/", {"quantity": 3})

    assert "3 op. = 36 szt." in shown(browser, "/basket/")


def test_of_goods_sold_in_the_stocks_own_unit_nothing_is_said(browser):
    make.a_price(make.a_product("ZAW-1"), "10.00", "12.30")

    assert 'class="small contents"' not in shown(browser, "/catalogue/")


def test_pieces_of_a_card_in_square_metres_hold_nothing():
    rule = replace(a_rule(), card_in_m2=True)
    sized = make.a_sized_product("FR-1", rule, unit="m²", contents_quantity=2, contents_unit="ark.")

    assert (sized.portions.unit, sized.contents) == (PIECE, None)
