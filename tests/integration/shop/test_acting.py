"""The seller's people act for a buyer's person only by right, in plain sight, and always under both names."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from factories.shop import (
    a_basket,
    a_branch,
    a_company,
    a_member,
    a_place,
    a_priced_product,
    a_seller,
    a_supervisor,
)

from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.history.models import Change
from wiadukt.shop.organisations.models import Member, Role
from wiadukt.shop.sellers.models import Assignment

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
BOTH = "ola@sklep.example w imieniu ewa@m.example"


@pytest.fixture
def ewa():
    branch = a_branch(a_company("Meble"), "Poznań")
    return a_member("ewa@m.example", branch, last_name="Król")


@pytest.fixture
def ola():
    """One of the seller's people who may act for buyers."""
    ola = a_supervisor("ola@sklep.example")
    ola.user_permissions.add(Permission.objects.get(codename="act_for_buyers"))
    return ola


@pytest.fixture
def browser(ola, logged_in):
    return logged_in(ola)


def acts_for(browser, member):
    return browser.post(f"/dashboard/members/{member.pk}/act/")


def test_every_page_says_for_whom_one_acts_and_one_click_ends_it(browser, ewa):
    acts_for(browser, ewa)
    for address in ("/catalogue/", "/basket/", "/orders/", "/invoices/", "/company/", "/company/people/"):
        page = browser.get(address).content.decode()
        assert "Działasz w imieniu" in page, address
        assert "Król" in page
    assert browser.get("/dashboard/").status_code == 403, "a buyer sees no dashboard"

    browser.post("/acting/end/")

    assert browser.get("/dashboard/").status_code == 200
    assert "Działasz w imieniu" not in browser.get("/catalogue/").content.decode()
    said = Change.objects.filter(kind="organisation", field="acting").order_by("id").values_list("old", "new", "author")
    assert list(said) == [("", "ewa Król", "ola@sklep.example"), ("ewa Król", "", "ola@sklep.example")]


def test_an_order_placed_so_is_the_members_and_carries_both_names(browser, ewa):
    product = a_priced_product("ZAW-1")
    a_basket(ewa.user, (product, 2))
    acts_for(browser, ewa)

    place, branch = a_place(ewa.organisation, "Hala"), ewa.branches.get()
    browser.post("/basket/checkout/", {"place": place.pk, "branch": branch.pk})

    order = Order.objects.get()
    assert order.user == ewa.user
    assert Change.objects.get(kind="order", field="placed").author == BOTH
    deeds = Change.objects.filter(kind="member", object_id=ewa.pk, field="deed")
    assert list(deeds.values_list("new", "author", "origin")) == [("POST /basket/checkout/", BOTH, "staff")]


def test_what_is_done_to_people_branches_and_waiting_orders_so_carries_both_names(browser, ewa):
    ewa.role = Role.MANAGER
    ewa.save()
    other = a_member("ula@m.example", ewa.branches.get(), order_limit=Decimal(0))
    acts_for(browser, ewa)

    browser.post(f"/company/people/{other.pk}/switch/", {"to": "off"})
    browser.post("/company/branches/add/", {"name": "Łódź"})

    by = set(Change.objects.filter(kind="organisation").exclude(field="acting").values_list("author", "origin"))
    assert by == {(BOTH, "staff")}


def test_the_members_login_is_left_as_it_was(browser, ewa, ola):
    ewa.user.set_password("Jesion-77")
    ewa.user.save()
    before = (ewa.user.password, ewa.user.last_login, ewa.user.sessions_ended)
    acts_for(browser, ewa)
    browser.get("/orders/")

    for address in ("/password-reset/", "/password-reset/confirm/MQ/set-password/"):
        assert browser.get(address)["location"] == "/", address
        assert browser.post(address, {"email": "ewa@m.example"})["location"] == "/", address

    ewa.user.refresh_from_db()
    assert (ewa.user.password, ewa.user.last_login, ewa.user.sessions_ended) == before


def test_without_the_right_nobody_acts_for_anybody(ewa, logged_in):
    browser = logged_in(a_supervisor("jan@sklep.example"))

    assert acts_for(browser, ewa).status_code == 403
    assert not browser.get("/orders/").context["member"]
    assert (
        f"/dashboard/members/{ewa.pk}/act/"
        not in browser.get(f"/dashboard/buyers/{ewa.organisation_id}/").content.decode()
    )


def staff_too(ewa, ola):
    ewa.user.is_staff = True
    ewa.user.save()


def switched_off(ewa, ola):
    Member.objects.filter(pk=ewa.pk).update(is_active=False)


def closed(ewa, ola):
    ewa.organisation.is_open = False
    ewa.organisation.save()


def right_taken(ewa, ola):
    ola.user_permissions.clear()


def fired(ewa, ola):
    ola.is_active = False
    ola.save()


@pytest.mark.parametrize("wrong", [staff_too, switched_off, closed, right_taken, fired])
def test_acting_stops_with_the_next_request_when_it_may_be_no_more(browser, ewa, ola, wrong):
    acts_for(browser, ewa)
    assert browser.get("/orders/").context["member"] == ewa

    wrong(ewa, ola)

    answer = browser.get("/orders/")
    assert answer.status_code == 302 or not answer.context["member"]


@pytest.mark.parametrize("wrong", [staff_too, switched_off, closed])
def test_nobody_acts_for_staff_or_for_one_who_cannot_log_in(browser, ewa, ola, wrong):
    wrong(ewa, ola)

    acts_for(browser, ewa)

    assert browser.get("/dashboard/").status_code == 200
    assert not Change.objects.filter(field="acting").exists()


def test_one_acts_only_for_buyers_one_looks_after_and_no_longer_than_that(logged_in, ewa):
    seller, right = a_seller("kasia@sklep.example"), Permission.objects.get(codename="act_for_buyers")
    seller.user.user_permissions.add(right)
    browser = logged_in(seller.user)
    assert acts_for(browser, ewa).status_code == 404
    assigned = Assignment.objects.create(organisation=ewa.organisation, person=seller)
    acts_for(browser, ewa)
    assert "Działasz w imieniu" in browser.get("/orders/").content.decode()

    assigned.delete()

    assert "Działasz w imieniu" not in browser.get("/orders/").content.decode()
    assert browser.get("/dashboard/").status_code == 200
