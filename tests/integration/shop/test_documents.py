"""Orders and invoices follow WAPRO wherever the office moves them; nobody keeps seeing what is another's."""

from __future__ import annotations

from decimal import Decimal

import pytest
from factories.shop import (
    a_company,
    a_member,
    a_place,
    batch,
    erp_contact,
    erp_customer,
    erp_invoice,
    erp_order,
)

from wiadukt.contract.base import Kind
from wiadukt.contract.customer import DeliveryPlace as ErpPlace
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.history.models import Change
from wiadukt.shop.invoices.models import Invoice
from wiadukt.shop.organisations.access import invoices_of, orders_of
from wiadukt.shop.organisations.models import Role
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync.apply.customers import apply_customers
from wiadukt.shop.sync.apply.invoices import apply_invoices
from wiadukt.shop.sync.apply.orders import apply_orders
from wiadukt.shop.sync.models import InboxObject, InboxState

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def buyers():
    """A manager of Bukowiec (17) and one of Dąbrowa (18)."""
    companies = [a_company("Bukowiec", erp_id="17"), a_company("Dąbrowa", erp_id="18")]
    return [
        a_member(f"szef@{n}.example", company.default_branch, role=Role.MANAGER) for n, company in enumerate(companies)
    ]


def order_comes(*orders):
    came = batch("m", *[order.id for order in orders])
    apply_orders(list(orders), [], came)
    return came.orphans


def invoice_comes(*invoices):
    came = batch("m", *[invoice.id for invoice in invoices])
    apply_invoices(list(invoices), [], came)
    return came.orphans


def test_an_order_that_the_office_gave_to_another_buyer_is_his_and_no_longer_the_first_ones(buyers):
    first, second = buyers
    order_comes(erp_order("900", "17"))

    order_comes(erp_order("900", "18"))

    assert not orders_of(first.user).exists()
    order = orders_of(second.user).get()
    assert order.branch == second.organisation.default_branch
    said = set(Change.objects.filter(kind="organisation", field="order").values_list("object_id", "old", "new"))
    number = order.erp_number
    assert said == {(first.organisation_id, number, ""), (second.organisation_id, "", number)}


def test_an_order_given_to_a_buyer_outside_the_shop_is_gone_for_the_first_one(buyers):
    first, _second = buyers
    order_comes(erp_order("900", "17"))

    orphans = order_comes(erp_order("900", "99"))

    assert orphans == {"900": "99"}
    assert Order.objects.get().is_gone
    order_comes(erp_order("900", "17"))
    assert not orders_of(first.user).get().is_gone


def test_an_invoice_given_to_a_payer_outside_the_shop_is_gone_for_the_first_one(buyers):
    first, second = buyers
    invoice_comes(erp_invoice("700", "17"))
    invoice_comes(erp_invoice("700", "18"))
    assert not invoices_of(first.user).exists()
    assert invoices_of(second.user).exists()

    orphans = invoice_comes(erp_invoice("700", "99"))

    assert orphans == {"700": "99"}
    assert not Invoice.objects.exists()


def test_an_invoice_names_its_former_payer_to_nobody(buyers, logged_in):
    _first, second = buyers
    invoice_comes(erp_invoice("700", "17"))
    invoice_comes(erp_invoice("700", "18", total_net=Decimal("21.00")))

    page = logged_in(second.user).get(f"/invoices/{Invoice.objects.get().pk}/").content.decode()

    assert "Bukowiec" not in page


def test_an_order_shows_no_delivery_place_of_another_company(buyers):
    first, second = buyers
    theirs = a_place(second.organisation, "Hala Dąbrowa")

    order_comes(erp_order("900", "17", delivery_place_id=theirs.erp_id))

    assert orders_of(first.user).get().delivery_place is None


def test_an_order_that_comes_before_its_delivery_place_is_read_again_with_it():
    apply_customers([erp_customer("17")], [], batch("m", "17"))
    inbox.ask({(Kind.ORDER, "900"): "e-1"})
    claimed = inbox.claim()
    orphans = order_comes(erp_order("900", "17", delivery_place_id="m9"))
    inbox.finish(inbox.fence(claimed).values(), orphans)
    assert Order.objects.get().delivery_place is None
    assert InboxObject.objects.get(object_id="900").state == InboxState.APPLIED

    places = (ErpPlace(id="17-m1", name="Hala Bukowiec"), ErpPlace(id="m9", name="Nowa hala"))
    apply_customers([erp_customer("17", delivery_places=places)], [], batch("m", "17"))

    assert InboxObject.objects.get(object_id="900").state == InboxState.WAITING
    order_comes(erp_order("900", "17", delivery_place_id="m9"))
    assert Order.objects.get().delivery_place.name == "Nowa hala"


def test_a_company_whose_manager_left_has_a_manager_again():
    old, other = erp_contact("1", "szef@b.example", is_default=True), erp_contact("2", "jan@b.example")
    apply_customers([erp_customer("17", contacts=(old, other))], [], batch("m", "17"))

    new = erp_contact("3", "nowy@b.example", is_default=True)
    apply_customers([erp_customer("17", contacts=(other, new))], [], batch("m", "17"))

    roles = dict(Change._meta.apps.get_model("organisations", "Member").objects.values_list("erp_contact_id", "role"))
    assert roles == {"1": Role.MANAGER, "2": Role.BUYER, "3": Role.MANAGER}
