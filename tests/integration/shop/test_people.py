"""Logins follow the people of WAPRO: given, taken, swapped; and the flag day invites nobody."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone
from factories.shop import a_supervisor, a_user, batch, erp_contact, erp_customer

from wiadukt.contract.base import Kind
from wiadukt.contract.customer import IndividualPrice, TradeTerms
from wiadukt.shop.history.models import Change
from wiadukt.shop.organisations.membership import Person, Seat, invite
from wiadukt.shop.organisations.models import Branch, Member, MemberProblem, Organisation, Role
from wiadukt.shop.sync import inbox, watch
from wiadukt.shop.sync.apply.customers import apply_customers
from wiadukt.shop.sync.models import InboxObject, InboxState

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def comes(*customers, missing=(), quiet=False):
    ids = [customer.id for customer in customers] + list(missing)
    apply_customers(list(customers), list(missing), batch("m-1", *ids, quiet=quiet))


def with_people(erp_id: str, *people: tuple[str, str], **fields):
    contacts = tuple(erp_contact(contact, *([email] if email else [])) for contact, email in people)
    return erp_customer(erp_id, contacts=contacts, **fields)


def login_of(contact: str):
    member = Member.objects.select_related("user").get(erp_contact_id=contact)
    return member, member.user


def invited() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'wiadukt.invite'")
        return cursor.fetchone()[0]


def test_two_people_swap_their_addresses_and_both_keep_their_logins():
    comes(with_people("17", ("1", "anna@b.example"), ("2", "jan@b.example")))
    users = [login_of("1")[1].pk, login_of("2")[1].pk]

    comes(with_people("17", ("1", "jan@b.example"), ("2", "anna@b.example")))

    (one, first), (two, second) = login_of("1"), login_of("2")
    assert [first.pk, second.pk] == users
    assert (first.email, second.email) == ("jan@b.example", "anna@b.example")
    assert first.is_active
    assert second.is_active
    assert (one.problem, two.problem) == ("", "")


def test_the_address_of_a_removed_person_goes_to_whoever_is_named_so_now(logged_in):
    comes(with_people("17", ("1", "biuro@b.example"), ("2", "szef@b.example")))
    old = login_of("1")[1]
    browser = logged_in(old)
    assert browser.get("/orders/").status_code == 200
    comes(with_people("17", ("2", "szef@b.example")))

    comes(with_people("18", ("9", "biuro@b.example")))

    member, new = login_of("9")
    assert (new.email, member.problem) == ("biuro@b.example", "")
    assert new.pk != old.pk, "the new person gets a login of his own, without the other's orders"
    assert browser.get("/orders/").status_code == 302, "the old session has ended"
    old.refresh_from_db()
    assert not old.is_active


def test_a_person_who_comes_back_gets_his_own_login_again():
    comes(with_people("17", ("1", "biuro@b.example"), ("2", "szef@b.example")))
    old = login_of("1")[1]
    comes(with_people("17", ("2", "szef@b.example")))
    comes(with_people("18", ("9", "biuro@b.example")))

    comes(with_people("17", ("1", "nowe@b.example"), ("2", "szef@b.example")))

    member, user = login_of("1")
    assert (user.pk, user.email, user.is_active, member.problem) == (old.pk, "nowe@b.example", True, "")


def test_one_address_at_two_companies_is_refused_and_given_when_it_is_free():
    comes(with_people("17", ("1", "wspolny@b.example")))
    comes(with_people("18", ("9", "wspolny@b.example"), ("8", "jan@c.example")))
    assert login_of("9")[0].problem == MemberProblem.EMAIL_TAKEN
    assert login_of("8")[1].is_active, "one trouble does not stop the others"

    comes(with_people("17", ("1", "inny@b.example")))

    member, user = login_of("9")
    assert (member.problem, user.email) == ("", "wspolny@b.example")
    assert login_of("1")[1].email == "inny@b.example"


def test_a_company_that_left_the_shop_gives_its_addresses_up():
    comes(with_people("17", ("1", "wspolny@b.example")))
    comes(with_people("18", ("9", "wspolny@b.example")))

    comes(missing=["17"])

    assert login_of("9")[1].email == "wspolny@b.example"


def test_the_address_of_the_sellers_people_is_never_taken():
    a_user("szef@sklep.example", is_staff=True)

    comes(with_people("17", ("1", "szef@sklep.example")))

    member, user = login_of("1")
    assert (user, member.problem) == (None, MemberProblem.EMAIL_TAKEN)


@pytest.mark.parametrize("card_before", [None, ""], ids=["a new card", "a card without an address until now"])
def test_whom_the_company_invited_becomes_the_contact_of_that_address(logged_in, card_before):
    comes(with_people("17", ("1", "szef@b.example"), *([("2", card_before)] if card_before is not None else [])))
    boss = login_of("1")[1]
    poznan = Branch.objects.create(organisation=Organisation.objects.get(), name="Poznań")
    ola = invite(Person("Ola", "Lis", email="Ola@b.example"), Seat(Role.APPROVER, (poznan,), Decimal(500)), boss)
    Member.objects.update(invited_at=timezone.now())
    browser = logged_in(ola.user)

    for _ in range(2):
        comes(with_people("17", ("1", "szef@b.example"), ("2", "ola@b.example"), ("3", "ola@b.example")))

    member, user = login_of("2")
    assert (member.pk, user.pk, member.problem, str(member)) == (ola.pk, ola.user_id, "", "Anna Bukowska")
    assert (member.role, member.order_limit, list(member.branches.all())) == (Role.APPROVER, 500, [poznan])
    assert login_of("3")[0].problem == MemberProblem.EMAIL_TAKEN, "one address is one login"
    assert Member.objects.count() == 3
    assert browser.get("/orders/").status_code == 200, "his session goes on"
    assert member.invited_at, "nobody is invited a second time"
    assert Change.objects.filter(kind="organisation", field="member.erp_contact_id", new="2").count() == 1

    comes(with_people("17", ("1", "szef@b.example")))
    assert browser.get("/orders/").status_code == 302, "from now on he comes and goes with his card"


def test_whom_the_manager_switched_off_wapro_does_not_switch_on():
    comes(with_people("17", ("1", "anna@b.example"), ("2", "jan@b.example")))
    Member.objects.filter(erp_contact_id="2").update(is_active=False)

    comes(with_people("17", ("1", "anna@b.example"), ("2", "jan@b.example"), name="Nowa nazwa"))

    member, user = login_of("2")
    assert not member.is_active
    assert not user.is_active


def test_a_company_whose_last_manager_wapro_removed_gets_another_who_can_log_in():
    comes(with_people("17", ("1", "szef@b.example"), ("2", ""), ("3", "anna@b.example")))

    comes(with_people("17", ("2", ""), ("3", "anna@b.example")))

    assert [login_of(contact)[0].role for contact in "23"] == [Role.BUYER, Role.MANAGER]
    assert Change.objects.filter(field="Anna Bukowska: role", old="buyer", new="manager").exists()


def test_the_flag_day_invites_nobody_and_no_later_change_does():
    customer = with_people("17", ("1", "anna@b.example"), ("2", ""))
    comes(customer, quiet=True)

    comes(with_people("17", ("1", "anna@b.example"), ("2", "jan@b.example"), name="Nowa nazwa"))

    assert invited() == 0
    comes(with_people("17", ("1", "anna@b.example"), ("2", "jan@b.example"), ("3", "nowa@b.example")))
    assert invited() == 1, "who came to the company later is invited as always"


def test_staff_invites_everybody_who_was_taken_over_once(logged_in):
    comes(with_people("17", ("1", "anna@b.example"), ("2", "jan@b.example"), ("3", "")), quiet=True)
    organisation = Organisation.objects.get()
    browser = logged_in(a_supervisor("my@sklep.example"))
    page = f"/dashboard/buyers/{organisation.pk}/"
    assert f"{page}invite/" in browser.get(page).content.decode()

    browser.post(f"{page}invite/")
    browser.post(f"{page}invite/")

    assert invited() == 2
    said = Change.objects.filter(kind="organisation", field="invitation", author="my@sklep.example")
    assert said.count() == 2


def test_an_event_in_the_middle_of_the_flag_day_makes_no_noise():
    buyer = {(Kind.CUSTOMER, "17"): "e-1"}
    inbox.ask(buyer, quiet=True)

    inbox.ask(buyer)

    assert InboxObject.objects.get().quiet
    watch.note_takeover()
    InboxObject.objects.update(state=InboxState.APPLIED)
    inbox.ask(buyer)
    assert not InboxObject.objects.get().quiet


def test_a_card_that_becomes_another_persons_passes_neither_password_nor_sessions_on(logged_in):
    comes(with_people("17", ("1", "jan@b.example"), ("2", "szef@b.example")))
    user = login_of("1")[1]
    user.set_password("stare-hasło-Jana")
    user.save()
    Member.objects.update(invited_at=timezone.now())
    browser = logged_in(user)
    assert browser.get("/orders/").status_code == 200

    comes(with_people("17", ("1", "ewa@b.example"), ("2", "szef@b.example")))

    assert browser.get("/orders/").status_code == 302, "Jan's session has ended"
    member, user = login_of("1")
    assert (user.email, user.is_active) == ("ewa@b.example", True)
    assert not user.check_password("stare-hasło-Jana")
    assert member.invited_at is None
    assert invited() == 3, "Ewa is invited as anybody new"


def test_an_address_in_other_letters_is_the_same_person(logged_in):
    comes(with_people("17", ("1", "jan@b.example")))
    user = login_of("1")[1]
    user.set_password("hasło-Jana")
    user.save()
    browser = logged_in(user)

    comes(with_people("17", ("1", "Jan@B.example"), name="Nowa nazwa"))

    assert browser.get("/orders/").status_code == 200
    assert login_of("1")[1].check_password("hasło-Jana")


def test_agreed_prices_have_a_history(logged_in):
    def terms(*prices):
        return TradeTerms(
            price_level="2",
            individual_prices=tuple(
                IndividualPrice(product_id=index, net=Decimal(net), gross=Decimal(net)) for index, net in prices
            ),
        )

    comes(erp_customer("17", terms=terms(("ZAW-1", "7.9"), ("ZAW-2", "1"))))
    Change.objects.all().delete()

    comes(erp_customer("17", terms=terms(("ZAW-1", "8.25"), ("ZAW-3", "2"))))

    found = set(Change.objects.values_list("field", "old", "new", "message_id"))
    assert found == {
        ("agreed_price.ZAW-1", "7.9", "8.25", "m-1"),
        ("agreed_price.ZAW-2", "1", "", "m-1"),
        ("agreed_price.ZAW-3", "", "2", "m-1"),
    }
    browser = logged_in(a_supervisor("my@sklep.example"))
    shown = browser.get(f"/dashboard/buyers/{Organisation.objects.get().pk}/").content.decode()
    assert "cena umowna ZAW-1" in shown
