"""Lists of goods of a branch: kept by those who order for it, filled beside the goods, put into the basket whole."""

from __future__ import annotations

import pytest
from factories.shop import a_branch, a_company, a_member
from factories.shop import a_priced_product as goods

from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.lists.models import GoodsList, ListedProduct
from wiadukt.shop.organisations.models import Role

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def lodz(company):
    return a_branch(company, "Łódź")


def a_list(branch, name, *products, made_by=None):
    made = GoodsList.objects.create(branch=branch, name=name, made_by=made_by)
    for product, quantity in products:
        ListedProduct.objects.create(goods_list=made, product=product, quantity=quantity)
    return made


def names(browser):
    return [one.name for one in browser.get("/lists/").context["lists"]]


def content(browser):
    return {line.product.upc: line.quantity for line in browser.get("/basket/").context["lines"]}


def test_a_buyer_keeps_several_lists_and_marks_goods_on_them(browser, branch):
    hinge = goods("ZAW-1")
    for name in ("Kuchnia", "Szafy"):
        browser.post("/lists/", {"name": name, "branch": branch.pk})
    kitchen = GoodsList.objects.get(name="Kuchnia")

    browser.post(f"/lists/choose/{hinge.pk}/", {"lists": [kitchen.pk], "name": "Łazienki", "branch": branch.pk})

    on = set(ListedProduct.objects.values_list("goods_list__name", flat=True))
    assert set(names(browser)) == {"Kuchnia", "Łazienki", "Szafy"}
    assert on == {"Kuchnia", "Łazienki"}
    for address in ("/catalogue/", hinge.get_absolute_url()):
        assert "★" in browser.get(address).content.decode()
    browser.post(f"/lists/choose/{hinge.pk}/", {"lists": []})
    assert not ListedProduct.objects.exists()
    assert "★" not in browser.get("/catalogue/").content.decode()


def test_a_name_stands_once_in_a_branch_and_may_stand_in_another(browser, branch, lodz):
    a_list(lodz, "Kuchnia")
    browser.post("/lists/", {"name": "Kuchnia", "branch": branch.pk})

    answer = browser.post("/lists/", {"name": "kuchnia", "branch": branch.pk})

    assert "taką listę" in answer.content.decode()
    assert GoodsList.objects.count() == 2


def test_a_whole_list_goes_to_the_basket_and_what_can_not_is_told(browser, branch):
    scarce = goods("PRO-1", stock=3)
    whole = a_list(branch, "Kuchnia", (goods("ZAW-1"), 4), (scarce, 5))

    answer = browser.post(f"/lists/{whole.pk}/basket/", follow=True)

    assert content(browser) == {"ZAW-1": 4}
    assert "Towar PRO-1: chcesz 5 szt, dostępne 3 szt" in answer.content.decode()


def test_quantities_of_a_list_are_changed_and_goods_taken_out(browser, branch):
    hinge, rail = goods("ZAW-1"), goods("PRO-1")
    one = a_list(branch, "Kuchnia", (hinge, 4), (rail, 2))

    browser.post(f"/lists/{one.pk}/{hinge.pk}/", {"quantity": 12})
    browser.post(f"/lists/{one.pk}/{rail.pk}/", {"quantity": 0})

    assert list(one.products.values_list("product__upc", "quantity")) == [("ZAW-1", 12)]


def test_people_of_a_branch_share_its_lists_and_others_do_not_see_them(branch, lodz, company, logged_in):
    hinge = goods("ZAW-1")
    one = a_list(branch, "Kuchnia", (hinge, 4))
    people = {
        "colleague": logged_in(a_member("adam@nowak.example", branch).user),
        "manager": logged_in(a_member("jan@nowak.example", company.default_branch, role=Role.MANAGER).user),
        "neighbour": logged_in(a_member("ola@nowak.example", lodz).user),
        "stranger": logged_in(a_member("x@stolmar.example", a_company("Stolmar").default_branch).user),
    }
    deeds = (f"/lists/{one.pk}/basket/", f"/lists/{one.pk}/{hinge.pk}/", f"/lists/{one.pk}/delete/")

    for who, other in people.items():
        is_ours = who in ("colleague", "manager")
        assert (names(other) == ["Kuchnia"]) == is_ours, who
        assert ("★" in other.get("/catalogue/").content.decode()) == is_ours, who
        if not is_ours:
            assert {other.post(deed, {"quantity": 1}).status_code for deed in deeds} == {404}, who
            other.post(f"/lists/choose/{hinge.pk}/", {"lists": [one.pk]})
            other.post("/lists/", {"name": "Obca", "branch": branch.pk})
    assert list(one.products.values_list("quantity", flat=True)) == [4]
    assert not GoodsList.objects.filter(name="Obca").exists()


def test_marks_of_one_person_take_nothing_from_lists_that_he_does_not_see(browser, branch, lodz):
    hinge = goods("ZAW-1")
    theirs = a_list(lodz, "Łódzka", (hinge, 4))

    browser.post(f"/lists/choose/{hinge.pk}/", {"lists": []})

    assert theirs.products.count() == 1


def test_a_list_is_ended_by_its_maker_or_who_decides_in_the_branch(browser, member, branch, logged_in):
    mine, other = a_list(branch, "Moja", made_by=member), a_list(branch, "Cudza")
    approver = logged_in(a_member("marek@nowak.example", branch, role=Role.APPROVER).user)

    assert browser.post(f"/lists/{other.pk}/delete/").status_code == 403
    browser.post(f"/lists/{mine.pk}/delete/")
    approver.post(f"/lists/{other.pk}/delete/")

    assert not GoodsList.objects.exists()


def test_what_is_not_sold_any_more_is_counted_and_neither_shown_nor_ordered(browser, branch):
    hinge = goods("ZAW-1")
    one = a_list(branch, "Kuchnia", (hinge, 4))
    Product.objects.filter(pk=hinge.pk).update(is_public=False)

    page = browser.get(f"/lists/{one.pk}/").content.decode()
    browser.post(f"/lists/{one.pk}/basket/")

    assert "ZAW-1" not in page
    assert "1 towar listy nie jest teraz sprzedawany" in page
    assert content(browser) == {}
    assert browser.get(f"/lists/choose/{hinge.pk}/").status_code == 404


def test_a_long_list_takes_as_many_queries_as_a_short_one(browser, branch):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    short = a_list(branch, "Krótka", (goods("A-0"), 1))
    long = a_list(branch, "Długa", *[(goods(f"B-{n}"), 1) for n in range(12)])
    counts = []
    for one in (short, long):
        browser.get(f"/lists/{one.pk}/")
        with CaptureQueriesContext(connection) as seen:
            browser.get(f"/lists/{one.pk}/")
        counts.append(len(seen))

    assert counts[0] == counts[1]
