"""Forms of payment and delivery: one that stands for none of WAPRO's goes as the default one or can't be chosen."""

from __future__ import annotations

import pytest
from factories.shop import (
    a_basket,
    a_company,
    a_member,
    a_place,
    a_priced_product,
    a_user,
    fresh_basket,
)

from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.ordering import trade_forms
from wiadukt.shop.ordering.models import ErpForm, FormKind, FormRule, TradeForm, Unmapped
from wiadukt.shop.ordering.place import CannotPlace, Wishes, place
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.panel.models import PanelDeed

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PAYMENT, DELIVERY = FormKind.PAYMENT, FormKind.DELIVERY
CHECKOUT = "/basket/checkout/"
FORMS = "/dashboard/sync/forms/"


@pytest.fixture
def buyer():
    company = a_company("Stolarnia", payment_form="przelew", payment_days=14)
    a_place(company, "Hala")
    return a_member("anna@stolarnia.example", company.default_branch)


@pytest.fixture(autouse=True)
def dictionary() -> None:
    """As the connector told it."""
    for code, days in (("przelew", 14), ("przelew 60", 60), ("pobranie", 0)):
        ErpForm.objects.create(kind=PAYMENT, code=code, name=code, days=days)
    ErpForm.objects.create(kind=DELIVERY, code="2", name="Kurier")


def a_form(name: str, erp_code: str = "", kind: FormKind = PAYMENT, **fields) -> TradeForm:
    return TradeForm.objects.create(kind=kind, name=name, erp_code=erp_code, **fields)


def a_default(code: str) -> None:
    FormRule.objects.create(kind=PAYMENT, unmapped=Unmapped.DEFAULT, default_code=code)


def filled(buyer):
    product = Product.objects.filter(upc="ZAW-1").first()
    if product is None:
        product = a_priced_product("ZAW-1")
    return a_basket(buyer.user, (product, 1))


def ordered(buyer, **wishes):
    company = buyer.organisation
    said = Wishes(company.default_branch, company.delivery_places.get(), **wishes)
    return place(fresh_basket(filled(buyer)), buyer, said)


def told() -> dict:
    return OutboundMessage.objects.get(kind="order_placed").payload


def names(buyer) -> list[str]:
    return [form.name for form in trade_forms.offered(PAYMENT, buyer.organisation)]


def test_a_buyer_chooses_at_the_checkout_and_wapro_hears_its_own_words(buyer, logged_in):
    payment, delivery = a_form("Za pobraniem", "pobranie"), a_form("Kurierem", "2", DELIVERY)
    filled(buyer)
    browser = logged_in(buyer.user)
    page = browser.get(CHECKOUT).content.decode()
    assert "Za pobraniem" in page
    assert "według umowy: przelew, 14 dni" in page

    company = buyer.organisation
    form = {"place": company.delivery_places.get().pk, "branch": company.default_branch.pk}
    answer = browser.post(CHECKOUT, form | {"payment": payment.pk, "delivery": delivery.pk})

    assert answer.status_code == 302
    assert (told()["payment_form"], told()["delivery_form_id"]) == ("pobranie", "2")
    shown = browser.get(answer["location"]).content.decode()
    assert "Za pobraniem" in shown
    assert "Kurierem" in shown


def test_without_a_choice_nothing_is_said_and_where_nothing_is_offered_nothing_is_asked(buyer, logged_in):
    a_form("BLIK")
    filled(buyer)
    assert "Forma płatności" not in logged_in(buyer.user).get(CHECKOUT).content.decode()

    ordered(buyer)

    assert (told()["payment_form"], told()["delivery_form_id"]) == ("", "")


def test_a_form_without_one_of_wapros_is_stopped_before_a_buyer_can_choose_it(buyer):
    unmapped, gone = a_form("BLIK"), a_form("Dawna", "już jej nie ma")
    a_form("Za pobraniem", "pobranie")

    assert names(buyer) == ["Za pobraniem"]
    said = "tej formy już nie oferujemy"
    for form in (unmapped, gone):
        with pytest.raises(CannotPlace, match=said):
            ordered(buyer, payment=form)


def test_or_it_goes_as_the_default_one_if_the_administrator_says_so(buyer):
    form = a_form("BLIK")
    a_default("pobranie")

    assert names(buyer) == ["BLIK"]
    order = ordered(buyer, payment=form)

    assert told()["payment_form"] == "pobranie"
    assert order.payment_choice == form


def test_a_default_that_wapro_does_not_have_is_none(buyer):
    a_form("BLIK")
    a_default("już jej nie ma")

    assert names(buyer) == []


def test_what_is_withdrawn_or_gives_longer_to_pay_than_agreed_is_not_offered(buyer):
    a_form("Wycofana", "pobranie", is_offered=False)
    a_form("Kredyt", "przelew 60")
    a_form("Przelew", "przelew")

    assert names(buyer) == ["Przelew"]


def test_a_choice_that_lost_its_mapping_while_the_order_waited_is_said_so_that_wapro_refuses_it():
    form = a_form("BLIK")

    assert trade_forms.said(form) == "BLIK"
    form.erp_code = "dawna"
    form.save()
    assert trade_forms.said(form) == "dawna"
    assert trade_forms.map_code(PAYMENT, "dawna", "pobranie") == 1
    assert trade_forms.said(form) == "pobranie"
    assert trade_forms.map_code(DELIVERY, "pobranie", "2") == 0


# The administrator's page.


@pytest.fixture
def administrator(logged_in):
    return logged_in(a_user("root@x.example", is_staff=True, is_superuser=True))


def test_the_administrator_adds_maps_and_withdraws_forms_and_it_is_recorded(administrator, buyer):
    page = administrator.get(FORMS).content.decode()
    assert 'value="pobranie"' in page

    new = {"payment-new-name": "Za pobraniem", "payment-new-erp_code": "", "payment-new-position": "1"}
    administrator.post(FORMS + "add/payment/", new | {"payment-new-is_offered": "on"})
    form = TradeForm.objects.get()
    assert names(buyer) == []
    assert "nie ma odpowiednika w WAPRO" in administrator.get(FORMS).content.decode()
    administrator.post(
        f"{FORMS}{form.pk}/",
        {
            f"{form.pk}-name": "Za pobraniem",
            f"{form.pk}-erp_code": "pobranie",
            f"{form.pk}-position": "1",
            f"{form.pk}-is_offered": "on",
        },
    )

    assert names(buyer) == ["Za pobraniem"]
    assert [deed.author for deed in PanelDeed.objects.all()] == ["root@x.example"] * 2
    assert "pobranie" in PanelDeed.objects.first().outcome


@pytest.mark.parametrize(
    ("address", "fields", "said"),
    [
        ("add/payment/", {"payment-new-name": "BLIK", "payment-new-position": "0"}, "Jest już forma o tej nazwie"),
        (
            "add/payment/",
            {"payment-new-name": "Nowa", "payment-new-position": "0", "payment-new-erp_code": "zmyślona"},
            "zmyślona",
        ),
        ("rule/payment/", {"payment-rule-unmapped": "default", "payment-rule-default_code": ""}, "Wskaż domyślną"),
    ],
)
def test_what_can_not_be_is_refused_in_its_place(administrator, address, fields, said):
    a_form("BLIK")

    answer = administrator.post(FORMS + address, fields)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert TradeForm.objects.count() == 1
    assert not FormRule.objects.exists()


def test_a_kind_that_is_none_is_not_there(administrator):
    assert administrator.post(FORMS + "add/colour/", {}).status_code == 404
    assert administrator.post("/dashboard/sync/causes/map/", {"code": "x", "about": "", "to": "y"}).status_code == 302
