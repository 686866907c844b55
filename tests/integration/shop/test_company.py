"""A manager runs the people and branches of his company; nobody else changes anything, and nobody locks himself out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.utils import translation
from factories.shop import (
    a_basket,
    a_branch,
    a_company,
    a_member,
    a_place,
    a_priced_product,
    a_user,
    an_order,
    fresh_basket,
)
from factories.threads import at_once

from wiadukt.shop.history.models import Change, Origin
from wiadukt.shop.ordering.place import CannotPlace, Wishes, place
from wiadukt.shop.organisations import branches, membership
from wiadukt.shop.organisations.access import orders_of, places_of
from wiadukt.shop.organisations.forms import SeatForm
from wiadukt.shop.organisations.membership import CannotManage, Person, Seat
from wiadukt.shop.organisations.models import Branch, Member, Organisation, Role

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
OLA = {"first_name": "Ola", "last_name": "Lis", "email": "Ola@Firma.example", "role": "buyer", "order_limit": "1500,50"}


@pytest.fixture
def company():
    return a_company("Firma")


@pytest.fixture
def poznan(company):
    return a_branch(company, "Poznań")


@pytest.fixture
def manager(company):
    return a_member("szef@firma.example", company.default_branch, role=Role.MANAGER)


@pytest.fixture
def buyer(poznan):
    return a_member("kupiec@firma.example", poznan)


@pytest.fixture
def browser(manager, logged_in):
    return logged_in(manager.user)


def invitations() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'wiadukt.invite'")
        return cursor.fetchone()[0]


def said() -> set[tuple[str, str, str]]:
    """Field, new value and author of what the buyer's people did."""
    changes = Change.objects.filter(kind="organisation", origin=Origin.BUYER)
    return set(changes.values_list("field", "new", "author"))


def test_a_manager_invites_a_person_whom_wapro_does_not_know(browser, poznan):
    browser.post("/company/people/invite/", OLA | {"branches": [poznan.pk]})

    ola = Member.objects.get(email="ola@firma.example")
    assert (ola.role, ola.order_limit, ola.erp_contact_id) == (Role.BUYER, Decimal("1500.50"), "")
    assert list(ola.branches.all()) == [poznan]
    assert ola.user.is_active
    assert not ola.user.has_usable_password()
    assert invitations() == 1
    assert ("member", "Ola Lis", "szef@firma.example") in said()
    assert ("Ola Lis: order_limit", "1500.5", "szef@firma.example") in said()


def test_who_was_invited_here_mends_his_own_name_and_who_stands_in_wapro_does_not(buyer, logged_in):
    typed = {"first_name": "Olga", "last_name": "Lis-Nowak", "position": "", "phone": "600 700 800"}

    answer = logged_in(buyer.user).post("/company/me/", typed)
    buyer.refresh_from_db()
    buyer.user.refresh_from_db()

    assert answer.url == "/account/"
    assert (str(buyer), buyer.phone, buyer.user.get_full_name()) == ("Olga Lis-Nowak", "600 700 800", "Olga Lis-Nowak")
    assert ("Olga Lis-Nowak: last_name", "Lis-Nowak", buyer.email) in said()

    empty = logged_in(buyer.user).post("/company/me/", typed | {"last_name": ""})
    assert "To pole jest wymagane" in empty.content.decode()

    Member.objects.filter(pk=buyer.pk).update(erp_contact_id="17-1")
    assert logged_in(buyer.user).post("/company/me/", typed | {"last_name": "Inna"}).status_code == 404
    buyer.refresh_from_db()
    assert buyer.last_name == "Lis-Nowak"


@pytest.mark.parametrize("where", ["own company", "another company", "the seller"])
def test_an_address_that_somebody_has_is_refused_at_its_field_and_nothing_is_saved(browser, poznan, where):
    if where == "own company":
        a_member("ola@firma.example", poznan)
    elif where == "another company":
        a_member("ola@firma.example", a_company("Inna").default_branch)
    else:
        a_user("ola@firma.example", is_staff=True)
    before = Member.objects.count()

    answer = browser.post("/company/people/invite/", OLA | {"branches": [poznan.pk]})

    assert list(answer.context["form"].errors) == ["email"]
    assert "Inna" not in answer.content.decode()
    assert (Member.objects.count(), invitations(), said()) == (before, 0, set())


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(
    ("typed", "limit"),
    [
        ("2000,50", "2000.50"),
        ("2000.50", "2000.50"),
        ("2 000,50", "2000.50"),
        ("0", "0"),
        ("", None),
        ("2.000,50", "-"),
    ],
)
def test_a_limit_is_read_as_it_was_meant_in_every_language(company, buyer, language, typed, limit):
    form = {"role": "buyer", "branches": [branch.pk for branch in buyer.branches.all()], "order_limit": typed}
    with translation.override(language):
        seat = SeatForm(form, organisation=company, member=buyer)

        assert seat.is_valid() == (limit != "-")
        if limit != "-":
            assert seat.cleaned_data["order_limit"] == (None if limit is None else Decimal(limit))


def test_a_branch_of_another_company_is_no_choice(browser, buyer, poznan):
    foreign = a_branch(a_company("Inna"), "Obcy")

    invited = browser.post("/company/people/invite/", OLA | {"branches": [foreign.pk]})
    moved = browser.post(f"/company/people/{buyer.pk}/", {"role": "buyer", "branches": [foreign.pk]})

    assert list(invited.context["form"].errors) == list(moved.context["form"].errors) == ["branches"]
    assert list(buyer.branches.all()) == [poznan]


def test_who_is_moved_sees_the_new_branch_and_no_more_the_old_one(browser, buyer, company, poznan):
    lodz = a_branch(company, "Łódź")
    an_order(poznan, "WD-1")
    an_order(lodz, "WD-2")

    browser.post(f"/company/people/{buyer.pk}/", {"role": "buyer", "branches": [lodz.pk]})

    assert {order.number for order in orders_of(buyer.user)} == {"WD-2"}
    assert ("kupiec: branches", "Łódź", "szef@firma.example") in said()


def test_switched_off_the_next_request_of_an_open_session_is_out_and_stays_out(browser, buyer, logged_in):
    session = logged_in(buyer.user)
    assert session.get("/orders/").status_code == 200

    browser.post(f"/company/people/{buyer.pk}/switch/", {"to": "off"})
    assert session.get("/orders/")["location"].startswith("/login/")

    browser.post(f"/company/people/{buyer.pk}/switch/", {"to": "on"})
    assert session.get("/orders/")["location"].startswith("/login/"), "the old session does not come back to life"
    buyer.user.refresh_from_db()
    assert logged_in(buyer.user).get("/orders/").status_code == 200, "a new login does"
    assert {
        ("kupiec: is_active", "False", "szef@firma.example"),
        ("kupiec: is_active", "True", "szef@firma.example"),
    } <= said()


def test_a_manager_cannot_lock_himself_out(browser, manager):
    browser.post(f"/company/people/{manager.pk}/switch/", {"to": "off"})
    answer = browser.post(f"/company/people/{manager.pk}/", {"role": "buyer", "branches": [manager.branches.get().pk]})

    manager.refresh_from_db()
    assert (manager.is_active, manager.role) == (True, Role.MANAGER)
    assert list(answer.context["form"].errors) == ["role"]
    assert said() == set()


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_demote_each_other_at_once_leave_one(manager, company):
    other = a_member("druga@firma.example", company.default_branch, role=Role.MANAGER)
    buyer = Seat(Role.BUYER, (company.default_branch,))

    results = at_once(
        lambda: membership.seat(other.pk, buyer, manager.user),
        lambda: membership.seat(manager.pk, buyer, other.user),
        expected=CannotManage,
    )

    assert sorted(type(result).__name__ for result in results) == ["CannotManage", "Member"]
    assert company.members.filter(role=Role.MANAGER).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_address_that_two_companies_invite_at_once_gets_one_login(manager, company):
    inna = a_company("Inna")
    hers = a_member("szefowa@inna.example", inna.default_branch, role=Role.MANAGER)
    ola = Person("Ola", "Lis", email="ola@x.example")

    results = at_once(
        lambda: membership.invite(ola, Seat(Role.BUYER, (company.default_branch,)), manager.user),
        lambda: membership.invite(ola, Seat(Role.BUYER, (inna.default_branch,)), hers.user),
        expected=CannotManage,
    )

    assert sorted(type(result).__name__ for result in results) == ["CannotManage", "Member"]
    assert Member.objects.filter(email="ola@x.example").count() == 1


def test_a_branch_is_made_renamed_and_tied_to_places(browser, company, poznan):
    hall = a_place(company, "Hala")

    browser.post("/company/branches/add/", {"name": "Gdynia"})
    gdynia = Branch.objects.get(name="Gdynia")
    at = f"/company/branches/{gdynia.pk}/"
    browser.post(at, {"deed": "rules", "name": "Gdynia Port", "approval": "on"})
    browser.post(at, {"deed": "ties", "places": [hall.pk]})

    gdynia.refresh_from_db()
    assert (gdynia.name, gdynia.approval, list(hall.branches.all())) == ("Gdynia Port", True, [gdynia])
    assert {("branch", "Gdynia"), ("Gdynia Port: name", "Gdynia Port"), ("Gdynia Port: delivery_place", "Hala")} <= {
        (field, new) for field, new, _author in said()
    }


def test_a_name_is_given_once_in_any_case_of_letters(browser, poznan):
    answer = browser.post("/company/branches/add/", {"name": "POZNAŃ"})

    assert list(answer.context["form"].errors) == ["name"]
    assert Branch.objects.count() == 2


def test_a_retired_branch_takes_no_orders_and_its_people_keep_its_documents(manager, buyer, company, poznan):
    lodz = a_branch(company, "Łódź")
    hall = a_place(company, "Hala", poznan)
    an_order(poznan, "WD-1")
    product = a_priced_product("ZAW-1")

    branches.retire_branch(poznan.pk, lodz.pk, manager.user)

    basket = a_basket(buyer.user, (product, 1))
    with pytest.raises(CannotPlace, match="Oddział"):
        place(fresh_basket(basket), buyer, Wishes(poznan, hall))
    assert {order.number for order in orders_of(buyer.user)} == {"WD-1"}
    assert list(places_of(buyer)) == [hall]
    assert place(fresh_basket(basket), buyer, Wishes(lodz, hall)).branch == lodz
    assert ("Poznań: retired", "Łódź", "szef@firma.example") in said()


def test_the_default_branch_stays(manager, company, poznan):
    with pytest.raises(CannotManage):
        branches.retire_branch(company.default_branch.pk, poznan.pk, manager.user)


def test_wapro_overwrites_nothing_that_the_manager_just_decided(manager, company):
    """WAPRO's applier holds the row as it was read; it writes what WAPRO changed and nothing else."""
    from wiadukt.shop.sync.apply.customers import _save

    stale = Organisation.objects.get(pk=company.pk)
    branches.set_approval(manager.user, approval=True)

    _save(stale, {"city": "Pniewy"}, {})

    company.refresh_from_db()
    assert (company.approval, company.city) == (True, "Pniewy")


FORMS = [
    ("/company/people/invite/", OLA),
    ("/company/people/{buyer}/", {"role": "manager"}),
    ("/company/people/{buyer}/switch/", {"to": "off"}),
    ("/company/people/{buyer}/invite/", {}),
    ("/company/branches/add/", {"name": "Nowy"}),
    ("/company/branches/approval/", {"approval": "on"}),
    ("/company/branches/{poznan}/", {"deed": "rules", "name": "Inaczej", "approval": "on"}),
    ("/company/branches/{poznan}/", {"deed": "ties", "places": []}),
    ("/company/branches/{poznan}/", {"deed": "retire", "heir": "{default}"}),
]


@pytest.mark.parametrize(("address", "form"), FORMS)
def test_only_the_companys_own_manager_changes_anything(company, poznan, buyer, manager, logged_in, address, form):
    a_place(company, "Hala", poznan)
    ids = {"buyer": buyer.pk, "poznan": poznan.pk, "default": company.default_branch.pk}
    form = {**form, "branches": [poznan.pk]}
    form["heir"] = company.default_branch.pk
    others = {
        "stranger": None,
        "outsider": a_user("obcy@x.example"),
        "staff": a_user("my@sklep.example", is_staff=True, is_superuser=True),
        "buyer": buyer.user,
        "approver": a_member("z@firma.example", poznan, role=Role.APPROVER).user,
        "manager of another": a_member("szef@inna.example", a_company("Inna").default_branch, role=Role.MANAGER).user,
    }

    def state() -> list:
        own = company.members.order_by("pk")
        return [
            list(own.values_list("role", "is_active", "order_limit", "invited_at", "branches__pk")),
            list(company.branches.order_by("pk").values_list("name", "is_active", "approval", "delivery_places__pk")),
            Organisation.objects.get(pk=company.pk).approval,
            invitations(),
            Change.objects.filter(object_id=company.pk).count(),
        ]

    before = state()
    for who, user in others.items():
        answer = logged_in(user).post(address.format(**ids), form)
        assert answer.status_code in (302, 404) or (who == "manager of another" and answer.status_code == 200), who
        assert state() == before, who

    logged_in(manager.user).post(address.format(**ids), form)
    assert state() != before, "the manager himself does"
