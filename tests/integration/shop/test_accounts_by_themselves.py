"""Every odd case of WAPRO's contacts and contractors: handled, told with its remedy, and none breaks another."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from factories import shop as make
from factories.shop import batch, erp_contact, erp_customer
from procrastinate.contrib.django.models import ProcrastinateJob

from wiadukt.contract.address_change import CardPart, CardValue
from wiadukt.contract.customer import Address
from wiadukt.shop.accounts.models import User
from wiadukt.shop.addresses.change import By, change_card
from wiadukt.shop.history.models import Change
from wiadukt.shop.invoices.models import AccountNote, Reminder
from wiadukt.shop.ordering import approving
from wiadukt.shop.organisations.approval import Approval
from wiadukt.shop.organisations.membership import Person, Seat, invite, seat
from wiadukt.shop.organisations.models import Member, Organisation, Role
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.questions import talk
from wiadukt.shop.sync.apply.customers import apply_customers
from wiadukt.shop.sync.models import Drift
from wiadukt.shop.sync.reconcile import run as reconciliation

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def comes(*customers, missing=()):
    ids = [customer.id for customer in customers] + list(missing)
    apply_customers(list(customers), list(missing), batch("m-1", *ids))


def contacts(*people):
    return tuple(erp_contact(key, *emails) for key, *emails in people)


@pytest.fixture
def troubles(logged_in):
    staff = logged_in(make.a_user("s@x.example", is_staff=True, is_superuser=True))

    def troubles(what: str) -> str:
        return staff.get("/dashboard/buyers/troubles/", {"what": what}).content.decode()

    return troubles


def test_each_trouble_stands_in_the_dashboard_with_its_remedy(troubles):
    comes(
        erp_customer(
            "17", name="Alfa", contacts=contacts(("1",), ("2", "a@b.example", "b@b.example"), ("3", "w@b.example"))
        ),
        erp_customer("18", name="Beta", contacts=contacts(("4", "w@b.example"), ("5", "ok@b.example"))),
        erp_customer("19", name="Gamma", blocked=True),
        erp_customer("20", name="Delta"),
        erp_customer("21", name="Epsilon"),
        erp_customer("22", name="Zeta", contacts=()),
    )
    comes(erp_customer("18", name="Beta", contacts=contacts(("4", "w@b.example"))), missing=["20"])
    comes(erp_customer("21", name="Epsilon", is_anonymised=True, contacts=()))
    Member.objects.filter(erp_contact_id="2").update(invited_at=timezone.now() - timedelta(days=8))

    shown = {
        "no_email": "Alfa", "email_taken": "Beta", "several": "b@b.example", "removed": "Beta", "blocked": "Gamma",
        "unflagged": "Delta", "anonymised": "Epsilon", "nobody": "Zeta", "expired": "a@b.example",
    }  # fmt: skip
    for what, said in shown.items():
        page = troubles(what)
        assert said in page, what
        assert "note" in page
    assert User.objects.get(email="a@b.example").is_active, "one trouble stops nobody else"


def test_a_closed_company_keeps_its_history_and_comes_back_as_it_was():
    comes(erp_customer("17"))
    login = Member.objects.get().user_id
    changes = Change.objects.count()

    comes(erp_customer("17", blocked=True))
    assert (Organisation.objects.get().is_blocked, User.objects.get(pk=login).is_active) == (True, False)
    comes(erp_customer("17"))

    assert (Member.objects.get().user_id, User.objects.get(pk=login).is_active) == (login, True)
    assert Change.objects.count() > changes


def test_of_an_anonymised_company_no_personal_datum_stays_and_its_documents_do(logged_in):
    comes(erp_customer("17", phone="61 852 00 00", address=Address(street="Tajna 5", city="Pniewy")))
    hanna = make.a_member("hanna@bukowiec.example", make.a_company("Inni").default_branch)
    Change.objects.create(kind="organisation", object_id=hanna.organisation_id, field="role", author=hanna.email)
    company = Organisation.objects.get(erp_id="17")
    anna = Member.objects.get(erp_contact_id="17-1")
    order, waiting = everything_of(anna, logged_in)

    gone = {"emails": (), "contacts": (), "delivery_places": ()}
    for _ in range(2):
        comes(erp_customer("17", name="Zanonimizowany", is_anonymised=True, **gone))

    login = User.objects.get(pk=anna.user_id)
    order.refresh_from_db()
    assert (login.is_active, login.has_usable_password()) == (False, False)
    assert (order.number, order.remarks, order.total_incl_tax) == ("WD-1", "", 123)
    kept = everything()
    people, places = ("anna", "anno", "dawna@", "oleandra", "lisiewicz"), ("bukowska", "tajna", "601 999", "61 852")
    for secret in (*people, *places, "sekret"):
        assert not re.search(rf"\b{secret}", kept), secret
    assert Change.objects.filter(author="hanna@bukowiec.example").exists(), "another company's person is left alone"
    assert "adam@seller.example" in kept, "who of the seller's people did what stays"
    assert company.questions.get().posts.count() == 2
    assert Change.objects.filter(kind="organisation", field="role").exists(), "what changed, and when, stays"
    assert Change.objects.filter(kind="order", object_id=waiting.pk, field="reason").exists()


def everything_of(anna, logged_in):
    """Anna of Bukowiec in every place where the shop may keep something of a person; her orders."""
    company, adam = anna.organisation, make.a_user("adam@seller.example", is_staff=True, is_superuser=True)
    branch = company.default_branch
    change_card(company, CardPart.PHONE, CardValue(phone="+48 601 999 999"), By(anna.email))
    Change.objects.create(kind="organisation", object_id=company.pk, field="member.email", old="dawna@b.example")
    Change.objects.create(kind="order", object_id=1, field="placed", author="dawna@b.example")
    ola = invite(Person("Oleandra", "Lisiewicz", email="oleandra@b.example"), Seat(Role.BUYER, (branch,)), anna.user)
    seat(ola.pk, Seat(Role.APPROVER, (branch,)), anna.user)
    order = make.an_order(branch, "WD-1", remarks="sekret", user=ola.user)
    waiting = make.an_order(branch, "WD-2", erp_id=None, user=ola.user, approval=Approval.WAITING)
    approving.reject(waiting.pk, anna.user, "Za drogo, Anna")
    about = {"destination": "wapro", "kind": "order_placed", "key": "WD-1", "order_key": "wapro:WD-1"}
    told = OutboundMessage.objects.create(**about, payload={"ordered_by": "Anna Bukowska"}, last_answer="Anna",
                                          refusal={"code": "x", "title": "za długie", "detail": "sekret"})  # fmt: skip
    told.attempted.create(outcome="refused", answer="sekret")
    told.interventions.create(author=adam.email, deed="edited", reason="Anna prosi", old_payload={"remarks": "sekret"})
    Reminder.objects.create(invoice=make.an_invoice(company, "FS-1"), offset=1, to="anna@bukowiec.example")
    AccountNote.objects.create(organisation=company, text="Anna zapłaci w piątek", author="szef@x.example")
    question = talk.ask(anna, branch, "Pyta Anna", "Proszę o telefon, Anna", talk.About(order=order))
    talk.answer(question, adam, "Pani Anno, dzwonię. sekret")
    run = reconciliation.start()
    Drift.objects.create(run=run, kind="customer", object_id="17", field="phone", shop_value="61 852", erp_value="852")
    logged_in(None).post("/login/", {"username": anna.email, "password": "zgaduję"})
    staff = logged_in(adam)
    staff.post(f"/dashboard/members/{anna.pk}/act/")
    staff.post(f"/orders/{order.pk}/withdraw/")
    return order, waiting


def everything() -> str:
    """Every text that the shop keeps, its jobs' too, in small letters."""
    from django.apps import apps

    models = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    rows = (row for model in [*models, ProcrastinateJob] for row in model._base_manager.values_list())
    return "\n".join(str(value) for row in rows for value in row).lower()
