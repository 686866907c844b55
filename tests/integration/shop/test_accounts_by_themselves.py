"""Every odd case of WAPRO's contacts and contractors: handled, told with its remedy, and none breaks another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import shop as make
from factories.shop import batch, erp_contact, erp_customer

from wiadukt.contract.address_change import CardPart, CardValue
from wiadukt.contract.customer import Address
from wiadukt.shop.accounts.models import User
from wiadukt.shop.addresses.change import By, change_card
from wiadukt.shop.history.models import Change
from wiadukt.shop.invoices.models import AccountNote, Reminder
from wiadukt.shop.organisations.models import Member, Organisation
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.sync.apply.customers import apply_customers

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
    )
    comes(erp_customer("18", name="Beta", contacts=contacts(("4", "w@b.example"))), missing=["20"])
    comes(erp_customer("21", name="Epsilon", is_anonymised=True, contacts=()))
    Member.objects.filter(erp_contact_id="2").update(invited_at=timezone.now() - timedelta(days=8))

    shown = {
        "no_email": "Alfa", "email_taken": "Beta", "several": "b@b.example", "removed": "Beta", "blocked": "Gamma",
        "unflagged": "Delta", "anonymised": "Epsilon", "expired": "a@b.example",
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


def test_of_an_anonymised_company_no_personal_datum_stays_and_its_documents_do():
    comes(erp_customer("17", phone="61 852 00 00", address=Address(street="Tajna 5", city="Pniewy")))
    company = Organisation.objects.get()
    login = Member.objects.get().user
    change_card(company, CardPart.PHONE, CardValue(phone="+48 601 999 999"), By(login.email))
    order = make.an_order(company.default_branch, "WD-1", remarks="Dzwonić do Anny")
    about = {"destination": "wapro", "kind": "order_placed", "key": "WD-1", "order_key": "wapro:WD-1"}
    OutboundMessage.objects.create(**about, payload={"ordered_by": "Anna Bukowska"})
    Reminder.objects.create(invoice=make.an_invoice(company, "FS-1"), offset=1, to="anna@bukowiec.example")
    AccountNote.objects.create(organisation=company, text="Anna zapłaci w piątek", author="szef@x.example")

    for _ in range(2):
        comes(erp_customer("17", name="Zanonimizowany", emails=(), contacts=(), delivery_places=(), is_anonymised=True))

    login.refresh_from_db()
    order.refresh_from_db()
    assert (login.is_active, login.has_usable_password()) == (False, False)
    assert (order.number, order.remarks, order.total_incl_tax) == ("WD-1", "", 123)
    for secret in ("Anna", "Bukowska", "anna@bukowiec.example", "601 999", "Tajna", "852"):
        assert secret not in _everything(), secret
    assert Change.objects.filter(kind="organisation").exists(), "that something changed, and when, stays"


def _everything() -> str:
    """Every text that the shop keeps."""
    from django.apps import apps

    return "\n".join(
        str(value)
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
        for row in model.objects.values_list()
        for value in row
    )
