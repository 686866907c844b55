"""The timeline reads as the reader does: no name of a column on a page."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation
from factories.shop import (
    a_product,
    batch,
    erp_article,
    erp_contact,
    erp_customer,
    erp_invoice,
    erp_order,
    erp_order_line,
)

from wiadukt.contract.customer import Address, DeliveryPlace, Salesman, TradeTerms
from wiadukt.contract.states import OrderState
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change
from wiadukt.shop.history.words import field_label, new_value
from wiadukt.shop.sync.apply import APPLIERS

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def test_a_discount_that_ends_becomes_nothing_and_not_minus_nothing():
    assert (
        record.change("organisation", a_product("X"), "discount_percent", Decimal("3.00"), Decimal("-0.00")).new == "0"
    )


def changed_customer():
    return erp_customer(
        "17", code="X", name="X", full_name="X", tax_id="1", emails=("x@x.example",), phone="1",
        address=Address(street="X", postal_code="1", city="X", country="DE"),
        contacts=(erp_contact("17-1", "x@x.example", position="X", phone="1"),),
        delivery_places=(DeliveryPlace(id="17-m1", name="X", recipient="X", phone="1", note="X"),),
        terms=TradeTerms(
            price_level="3", payment_form="X", payment_days=1, credit_limit=Decimal(1), currency="EUR",
            salesman=Salesman(id="1", name="X", phone="1"),
        ),
        blocked=True,
    )  # fmt: skip


def changed_article():
    price = erp_article().prices[0].model_copy(update={"net": Decimal(1)})
    return erp_article(
        name="X", ean="1", unit="X", is_divisible=True, vat_code="8", category="X", description="X", blocked=True,
        available=1, prices=(price,),
    )  # fmt: skip


CHANGED = {
    "customer": [erp_customer("17"), changed_customer()],
    "product": [erp_article(), changed_article()],
    "order": [
        erp_order(),
        erp_order(
            erp_number="X", state=OrderState.READY, status_label="X", due_on="2026-12-01", total_net=1,
            lines=(erp_order_line("1", ordered=5, realised=1, price_net=1),),
        ),
    ],
    "invoice": [
        erp_invoice(),
        erp_invoice(
            number="X", kind="correction", corrects_id="1", sold_on="2026-11-01", due_on="2026-12-01", total_net=1,
            total_gross=1, paid=0, remaining=1, currency="EUR", payment_form="X", issued_on="2026-11-01", payments=(),
        ),
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", CHANGED)
def test_every_change_of_wapros_is_told_in_polish(kind):
    APPLIERS["customer"]([erp_customer("17")], [], batch("m", "17"))
    a_product("ZAW-2")
    for obj in CHANGED[kind]:
        APPLIERS[kind]([obj], [], batch("m", obj.id))

    with translation.override("pl"):
        polish = {change.field: field_label(change) for change in Change.objects.all()}
    with translation.override("en"):
        english = {change.field: field_label(change) for change in Change.objects.all()}

    same = {field for field, label in polish.items() if label == english[field]} - {"email", "ean"}
    assert not {field: polish[field] for field in same}
    assert not [label for label in polish.values() if "_" in label]


@pytest.mark.parametrize(
    ("field", "polish"),
    [
        ("member.position", "osoba stanowisko"),
        ("agreed_price.line", "cena umowna line"),  # an index of WAPRO's may be any word
        ("price Hurtowa nowa", "cena Hurtowa nowa"),
        ("ZAW-1: ordered", "ZAW-1: zamówiono"),
    ],
)
def test_parts_and_names_of_wapro_are_told_apart(field, polish):
    with translation.override("pl"):
        assert field_label(Change(field=field)) == polish


def test_days_and_amounts_read_as_the_reader_writes_them():
    kept = ["2026-11-24 709.05", "-3.5%", "Front 716x396", "192.168.1.10", "hold", ""]

    with translation.override("pl"):
        shown = [new_value(Change(new=value)) for value in kept]

    assert shown == ["24.11.2026 709,05", "-3,5%", "Front 716x396", "192.168.1.10", "zamówienia wstrzymane", "brak"]
