"""Each page of goods takes as many queries for many goods as for few, whatever hangs on each of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import shop as make
from factories.goods import a_file
from oscar.core.loading import get_model

from wiadukt.shop.forks.partner.models import GroupPrice
from wiadukt.shop.intake.links import link
from wiadukt.shop.organisations.models import IndividualPrice

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
FEW, MANY = 3, 40
"""Many are more than one page of them."""


@pytest.fixture
def buyer():
    """Of a level, a group, a discount; agreed prices are added with the goods."""
    company = make.a_company("Stolarnia", price_group="7", discount_percent=Decimal(5), thresholds="1000.00: 3.00%")
    return make.a_member("anna@stolarnia.example", company.default_branch)


@pytest.fixture
def shelf(buyer, settings, tmp_path):
    """Puts goods on the shelf up to so many, each with all that goods may have."""
    settings.MEDIA_ROOT = tmp_path
    made = []

    def filled(count: int) -> None:
        for n in range(len(made), count):
            more = {"contents_quantity": n + 2, "contents_unit": "szt", "unit": "op"} if n % 2 else {}
            product = make.a_product(f"ZAW-{n}", title=f"Zawias {n}", promotion_net=n % 3, vat_percent=23, **more)
            make.a_price(product, "10.00", "12.30")
            make.a_price(product, "9.00", "11.07", level="1")
            GroupPrice.objects.create(product=product, group="7", discount_percent=n % 9)
            if n % 3 == 0:
                agreed = {"product_index": product.upc, "net": 8, "gross": "9.84"}
                IndividualPrice.objects.create(organisation=buyer.organisation, **agreed)
            get_model("catalogue", "ProductImage").objects.create(product=product, original=a_file(f"{n}.png"))
            for code, value in (("kolor", f"kolor {n % 4}"), ("symbol", f"symbol {n}")):
                parameter, _new = get_model("catalogue", "ProductAttribute").objects.get_or_create(
                    product_class=product.product_class, code=code, defaults={"name": code, "type": "text"}
                )
                parameter.save_value(product, value)
            if made:
                link(made[0], product, "substitute" if n % 2 else "linked", "ola@sklep.example", both_ways=True)
            made.append(product)

    return filled


def pages_of(product) -> dict[str, str]:
    return {
        "listing": "/catalogue/",
        "category": make.a_category().get_absolute_url(),
        "narrowed by a parameter": "/catalogue/?p.kolor=kolor+1",
        "search, one product": "/catalogue/?q=zaw-1",
        "search, many products": "/catalogue/?q=zawias",
        "search, a mistaken word": "/catalogue/?q=zawais",
        "as one writes": "/catalogue/suggest/?q=zaw",
        "a product's page": product.get_absolute_url(),
    }


def test_pages_of_goods_take_as_many_queries_for_many_goods_as_for_few(buyer, shelf, logged_in):
    browser = logged_in(buyer.user)

    def counted() -> dict[str, list[str]]:
        found = {}
        for name, address in pages_of(get_model("catalogue", "Product").objects.get(upc="ZAW-0")).items():
            browser.get(address)  # thumbnails are made once
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200
            found[name] = [query["sql"] for query in queries]
        return found

    shelf(FEW)
    few = counted()
    shelf(MANY)

    many = counted()
    grown = {name: many[name][-5:] for name in few if len(many[name]) > len(few[name])}
    assert not grown
