"""Buyers find goods as they write them: parts, without Polish letters, with a slip; and narrow a list by parameters."""

from __future__ import annotations

import pytest
from django.db import connection
from factories import shop as make
from oscar.core.loading import get_model

from wiadukt.shop.forks.catalogue.models import Product, ProductClass
from wiadukt.shop.forks.catalogue.search import found

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def indexes(asked: str) -> list[str]:
    return [product.upc for product in found(Product.objects.browsable(), asked)]


@pytest.fixture
def goods() -> None:
    make.a_product("ZAW-110", title="Zawias równoległy 110°", ean="5901234567890")
    make.a_product("ZAW-170", title="Zawias kątowy")
    make.a_product("PRO-0450", title="Prowadnica kulkowa 450 mm, łożyskowana")
    make.a_product("UCH-ZAW-1", title="Uchwyt do zawiasu")
    make.a_product("FR-1", title="Front lakierowany", published_at=None)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("zaw-110", "ZAW-110"),
        ("ROWNOLEGLY", "ZAW-110"),
        ("Równoległy zawias", "ZAW-110"),
        ("5901234567890", "ZAW-110"),
        ("0450", "PRO-0450"),
        ("zaw110", "ZAW-110"),
        ("UCHZAW1", "UCH-ZAW-1"),
        ("lozyskowana", "PRO-0450"),
        ("zawais katowy", "ZAW-170"),
        ("prowadnca", "PRO-0450"),
    ],
)
def test_a_word_written_in_any_of_these_ways_finds_it(goods, asked, first):
    assert indexes(asked)[0] == first


def test_the_very_index_comes_first_then_its_beginning_then_names(goods):
    make.a_product("ZAW", title="Złącze")

    assert indexes("zaw") == ["ZAW", "ZAW-170", "ZAW-110", "UCH-ZAW-1"]


def test_what_is_not_published_is_not_found_however_it_is_asked_for(goods):
    assert indexes("FR-1") == []
    assert indexes("lakierowany") == []


def test_a_word_like_nothing_finds_nothing(goods):
    assert indexes("xyzzyq") == []
    assert indexes("zawias xq") == []


def test_a_search_goes_by_the_index_however_many_goods_there_are():
    kind, _new = ProductClass.objects.get_or_create(slug="towar", defaults={"name": "Towar"})
    about = {"product_class": kind, "is_public": True}
    rows = [Product(upc=f"X-{n}", slug=f"x-{n}", title=f"Towar {n}", **about) for n in range(3000)]
    Product.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('product_search')")
        cursor.execute("ANALYZE catalogue_product")
        cursor.execute("SET LOCAL enable_seqscan = off")  # three thousand are read as fast; a hundred thousand are not

    plan = Product.objects.filter(is_public=True, search_text__contains="x-2999").order_by().explain()

    assert "product_search" in plan


def a_parameter(product: Product, code: str, value: object, kind: str = "text") -> None:
    attribute, _new = get_model("catalogue", "ProductAttribute").objects.get_or_create(
        product_class=product.product_class, code=code, defaults={"name": code.title(), "type": kind}
    )
    attribute.save_value(product, value)


def test_a_product_is_found_by_its_parameters_as_they_are_now(goods):
    product = Product.objects.get(upc="ZAW-110")

    a_parameter(product, "kolor", "Łosoś")
    assert indexes("losos") == ["ZAW-110"]
    a_parameter(product, "kolor", "czarny")
    assert indexes("losos") == []
    product.attribute_values.all().delete()
    assert indexes("czarny") == []


def test_a_list_is_narrowed_by_parameters_and_says_how_many_have_each_value(goods, logged_in):
    buyer = make.a_member("b@x.example", make.a_branch(make.a_company("Nowak"), "Poznań"))
    for upc, colour, width in (("ZAW-110", "czarny", 9), ("ZAW-170", "biały", 10), ("UCH-ZAW-1", "czarny", 100)):
        product = Product.objects.get(upc=upc)
        a_parameter(product, "kolor", colour)
        a_parameter(product, "szerokosc", width, "integer")
    browser = logged_in(buyer.user)

    page = browser.get("/catalogue/", {"q": "zaw"})
    offered = {one.code: [(v.text, v.count) for v in one.values] for one in page.context["parameters"]}
    assert offered == {"kolor": [("biały", 1), ("czarny", 2)], "szerokosc": [("9", 1), ("10", 1), ("100", 1)]}

    page = browser.get("/catalogue/", {"q": "zaw", "p.kolor": "czarny"})
    assert {product.upc for product, _info in page.context["items"]} == {"ZAW-110", "UCH-ZAW-1"}
    offered = {one.code: [(v.text, v.count, v.chosen) for v in one.values] for one in page.context["parameters"]}
    assert offered["kolor"] == [("biały", 1, False), ("czarny", 2, True)], "the other one can still be added"
    assert [text for text, _count, _chosen in offered["szerokosc"]] == ["9", "100"]

    page = browser.get("/catalogue/", {"q": "zaw", "p.kolor": ["czarny", "biały"], "p.szerokosc": "10"})
    assert [product.upc for product, _info in page.context["items"]] == ["ZAW-170"]
    assert browser.get("/catalogue/", {"p.kolor": "\0' OR 1=1"}).status_code == 200

    nothing = browser.get("/catalogue/", {"q": "zaw", "p.kolor": "zielony"}).content.decode()
    assert 'href="/catalogue/?q=zaw">Wyczyść filtry' in nothing, "there is a way back where nothing is left"


def test_a_list_takes_the_same_number_of_queries_however_long(goods, logged_in, django_assert_num_queries):
    buyer = make.a_member("b@x.example", make.a_branch(make.a_company("Nowak"), "Poznań"))
    browser = logged_in(buyer.user)
    browser.get("/catalogue/", {"q": "zaw"})
    counts = []
    for first in (900, 915):
        with connection.execute_wrapper(counter := Counter()):
            browser.get("/catalogue/", {"q": "zaw"})
        counts.append(counter.said)
        for n in range(first, first + 15):
            a_parameter(make.a_product(f"ZAW-{n}"), "kolor", f"kolor {n % 3}")
    assert len(counts[0]) == len(counts[1]), set(counts[1]) - set(counts[0])


class Counter:
    def __init__(self) -> None:
        self.said: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        self.said.append(sql)
        return execute(sql, params, many, context)


def test_while_one_writes_a_few_goods_are_offered(goods, logged_in):
    buyer = make.a_member("b@x.example", make.a_branch(make.a_company("Nowak"), "Poznań"))

    piece = logged_in(buyer.user).get("/catalogue/suggest/", {"q": "zaw"}).content.decode()

    assert "ZAW-110" in piece
    assert "FR-1" not in logged_in(buyer.user).get("/catalogue/suggest/", {"q": "front"}).content.decode()
    assert logged_in(buyer.user).get("/catalogue/suggest/").content.decode().strip() == ""
