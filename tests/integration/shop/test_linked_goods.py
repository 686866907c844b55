"""Substitutes and goods that go with others: linked by hand, shown to buyers while they are sold."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories.goods import a_goods_person
from factories.shop import a_company, a_member
from factories.shop import a_priced_product as goods

from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.history.models import Change
from wiadukt.shop.intake.links import link

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def buyer(logged_in):
    return logged_in(a_member("ewa@nowak.example", a_company("Nowak").default_branch).user)


@pytest.fixture
def person(logged_in):
    return logged_in(a_goods_person("ola@sklep.example"))


@pytest.fixture
def hinge():
    return goods("ZAW-1")


def said(person, product, index, kind, **more):
    return person.post(f"/dashboard/intake/{product.pk}/links/", {"index": index, "kind": kind, **more}, follow=True)


def shown(browser, product) -> dict[str, list[str]]:
    links = browser.get(product.get_absolute_url()).context["links"]
    return {str(heading): [other.upc for other, _info in items] for heading, items in links}


def test_goods_people_link_by_index_and_buyers_see_both_kinds_with_price_and_stock(person, buyer, hinge):
    substitute, rail = goods("ZAW-2"), goods("PRO-1")

    said(person, hinge, "zaw-2", "substitute", both_ways="on")
    said(person, hinge, "PRO-1", "linked")

    assert shown(buyer, hinge) == {"Zamienniki": ["ZAW-2"], "Powiązane": ["PRO-1"]}
    assert shown(buyer, substitute) == {"Zamienniki": ["ZAW-1"]}
    assert shown(buyer, rail) == {}, "only this way round"
    page = buyer.get(rail.get_absolute_url()).content.decode()
    assert "Zamienniki" not in page
    page = buyer.get(hinge.get_absolute_url()).content.decode()
    assert "10,00 PLN" in page
    assert "dostępne" in page


def test_what_buyers_do_not_see_is_no_substitute_for_anything(buyer, hinge):
    hidden = goods("ZAW-2")
    link(hinge, hidden, "substitute", "ola@sklep.example", both_ways=False)
    Product.objects.filter(pk=hidden.pk).update(is_public=False)

    assert shown(buyer, hinge) == {}
    assert "ZAW-2" not in buyer.get(hinge.get_absolute_url()).content.decode()


def test_links_and_their_ends_are_in_the_history_and_a_pair_has_one_kind(person, hinge):
    goods("ZAW-2")
    for kind in ("substitute", "substitute", "linked"):
        said(person, hinge, "ZAW-2", kind)
    (one,) = hinge.primary_recommendations.all()
    assert one.kind == "linked"

    person.post(f"/dashboard/intake/{hinge.pk}/links/", {"unlink": one.pk})

    assert not hinge.primary_recommendations.exists()
    rows = Change.objects.filter(kind="product", object_id=hinge.pk).order_by("id")
    assert [(row.field, row.old, row.new, row.author) for row in rows] == [
        ("substitute", "", "ZAW-2", "ola@sklep.example"),
        ("linked", "", "ZAW-2", "ola@sklep.example"),
        ("linked", "ZAW-2", "", "ola@sklep.example"),
    ]


@pytest.mark.parametrize("index", ["ZAW-1", "NIE-MA"])
def test_an_index_of_nothing_or_of_the_product_itself_is_refused_with_its_name(person, hinge, index):
    answer = said(person, hinge, index, "substitute")

    assert f"Indeks: nie ma innego towaru o indeksie „{index}”" in answer.content.decode()
    assert not hinge.primary_recommendations.exists()


def test_many_links_take_as_many_queries_as_one(buyer, hinge):
    counts = []
    for n in (1, 12):
        for k in range(n):
            link(hinge, goods(f"ZAM-{n}-{k}"), "substitute", "ola@sklep.example", both_ways=False)
        buyer.get(hinge.get_absolute_url())
        with CaptureQueriesContext(connection) as seen:
            buyer.get(hinge.get_absolute_url())
        counts.append(len(seen))

    assert counts[0] == counts[1]
