"""One object of both systems in the dashboard: found, shown side by side, acted on, and why a buyer does not see it."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from factories.shop import a_price, a_seller, a_supervisor

from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.intake import publish
from wiadukt.shop.invoices.models import Invoice
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.outbox.models import MessageState, OutboundMessage
from wiadukt.shop.panel.models import PanelDeed
from wiadukt.shop.sellers.models import Assignment
from wiadukt.shop.sync import client
from wiadukt.shop.sync.models import InboxObject

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
FIND = "/dashboard/sync/objects/"
WHY = FIND + "why/"


@pytest.fixture
def staff(road, client, monkeypatch):
    """A supervisor's browser, and the shop asks the connector of this road."""
    _asks(monkeypatch, road.connector)
    client.force_login(a_supervisor("anna@sklep.example"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _asks(monkeypatch, connector) -> None:
    monkeypatch.setattr(client, "connector", lambda: connector)


def product() -> Product:
    return Product.objects.filter(in_shop=True, erp_blocked=False, level_prices__isnull=False).order_by("upc").first()


def buyer() -> Organisation:
    return Organisation.objects.filter(is_open=True).order_by("erp_id").first()


def differing(browser, kind: str, object_id: str) -> list[str]:
    page = browser.get(f"{FIND}{kind}/sides/", {"id": object_id}).content.decode()
    return re.findall(r'<tr class="different">\s*<th scope="row">([^<]*)', page)


@pytest.mark.parametrize("by", ["upc", "nip", "name", "email", "order", "invoice"])
def test_an_object_is_found_by_whatever_a_person_has_of_it(staff, by):
    one = buyer()
    order, invoice = Order.objects.first(), Invoice.objects.first()
    asked, kind, object_id = {
        "upc": (product().upc, "product", product().upc),
        "nip": (one.tax_id, "customer", one.erp_id),
        "name": (one.name, "customer", one.erp_id),
        "email": (one.members.first().email, "customer", one.erp_id),
        "order": (order.number, "order", order.erp_id),
        "invoice": (invoice.number, "invoice", invoice.erp_id),
    }[by]

    page = staff.get(FIND, {"q": asked}, follow=True)

    assert page.wsgi_request.path == f"{FIND}{kind}/"
    assert page.context["subject"].erp_id == object_id


@pytest.mark.parametrize("kind", ["customer", "product", "order", "invoice"])
def test_both_sides_are_equal_after_the_flag_day_whatever_the_kind(staff, kind):
    ids = InboxObject.objects.filter(kind=kind, state="applied").order_by("object_id")

    assert differing(staff, kind, ids[0].object_id) == []
    assert "Obie strony są takie same." in staff.get(f"{FIND}{kind}/sides/", {"id": ids[0].object_id}).content.decode()


def test_what_differs_is_marked_and_fetch_now_mends_it_with_author_and_outcome(staff, road):
    one = product()
    road.unseen('UPDATE dbo."ARTYKUL" SET "NAZWA_CALA" = \'Nowa nazwa\' WHERE "INDEKS_KATALOGOWY" = %s', one.upc)
    assert differing(staff, "product", one.upc) == ["nazwa"]
    here = f"{FIND}product/"

    staff.post(f"{here}compare/?id={one.upc}")
    staff.post(f"{here}fetch/?id={one.upc}")
    waiting = staff.get(here, {"id": one.upc}).context["deeds"]
    road.apply()

    deeds = staff.get(here, {"id": one.upc}).context["deeds"]
    assert [(told.deed.action, told.outcome) for told in waiting] == [
        ("fetched", "w drodze"),
        ("compared", "Różni się: nazwa"),
    ]
    assert (deeds[0].outcome, deeds[0].deed.author) == ("przyszło i zostało zastosowane", "anna@sklep.example")
    assert differing(staff, "product", one.upc) == []


def test_send_now_says_what_waits_of_this_object_and_of_no_other(staff):
    order = Order.objects.first()
    for number in (order.number, "INNE-1"):
        OutboundMessage.objects.create(
            destination="wapro", kind="order_placed", key=number, order_key=f"wapro:{number}", payload={},
            state=MessageState.REJECTED,
        )  # fmt: skip

    staff.post(f"{FIND}order/send/?id={order.erp_id}")

    assert dict(OutboundMessage.objects.values_list("key", "state")) == {order.number: "waiting", "INNE-1": "rejected"}
    assert PanelDeed.objects.get().outcome == "1 wiadomość idzie ponownie."


def test_a_silent_connector_is_said_in_words_and_the_page_still_opens(staff, monkeypatch):
    with client.client_of("http://127.0.0.1:9", "token") as http:
        _asks(monkeypatch, client.Connector(http))
        one = product()

        opened = staff.get(FIND + "product/", {"id": one.upc})
        piece = staff.get(FIND + "product/sides/", {"id": one.upc}).content.decode()
        staff.post(f"{FIND}product/compare/?id={one.upc}")
        why = staff.get(WHY, {"index": one.upc, "of": buyer().pk})

    assert opened.status_code == 200
    assert "Łącznik przy WAPRO nie odpowiada" in piece
    assert one.title in piece, "the shop's side is shown all the same"
    assert PanelDeed.objects.get().outcome.startswith("Łącznik przy WAPRO nie odpowiada")
    assert why.context["answer"].first_failure.name == "Sprawdzone i opublikowane", "the shop's own steps are answered"


def test_who_looks_after_one_branch_sees_no_personal_data_of_the_whole_company(road, client, monkeypatch):
    _asks(monkeypatch, road.connector)
    one = buyer()
    seller = a_seller("adam@sklep.example")
    Assignment.objects.create(organisation=one, buyer_branch=one.default_branch, person=seller)
    client.force_login(seller.user, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(f"{FIND}customer/sides/", {"id": one.erp_id}).content.decode()

    assert one.price_level_name in page
    person = one.members.exclude(email="").first()
    assert person.email not in page
    assert person.last_name not in page
    assert client.get(f"{FIND}product/", {"id": product().upc}).status_code == 404, "goods are for whom they concern"
    assert client.post(f"{FIND}customer/send/?id={one.erp_id}").status_code == 404


def first_failure(browser, index: str) -> tuple[str, str] | None:
    found = browser.get(WHY, {"index": index, "buyer": buyer().name}).context["answer"].first_failure
    return (found.name, found.remedy) if found else None


def test_why_names_the_first_failing_step_from_wapros_card_to_the_buyers_screen(staff, road):
    one, card = product(), 'UPDATE dbo."ARTYKUL" SET {} WHERE "INDEKS_KATALOGOWY" = %s'
    assert first_failure(staff, "NIE-MA")[0] == "Kartoteka w WAPRO"
    assert first_failure(staff, one.upc) == (
        "Sprawdzone i opublikowane",
        "Otwórz go wśród towarów do sprawdzenia, uzupełnij brakujące dane i opublikuj.",
    )

    publish.publish(one, "anna@sklep.example", "Klient czeka")
    assert first_failure(staff, one.upc) is None

    road.unseen(card.format('"DOSTEPNY_W_SKLEPIE_INTER" = 0'), one.upc)
    assert first_failure(staff, one.upc)[0] == "Znacznik dla sklepu"
    road.unseen(card.format('"DOSTEPNY_W_SKLEPIE_INTER" = 1, "ZABLOKOWANY" = 1'), one.upc)
    assert first_failure(staff, one.upc)[0] == "Nie zablokowana w WAPRO"
    road.unseen(card.format('"ZABLOKOWANY" = 0, "ID_MAGAZYNU" = "ID_MAGAZYNU" + 7'), one.upc)
    assert first_failure(staff, one.upc)[0] == "Kartoteka w WAPRO"
    road.unseen(card.format('"ID_MAGAZYNU" = "ID_MAGAZYNU" - 7'), one.upc)
    assert first_failure(staff, one.upc) is None


def test_why_not_at_this_price_names_the_terms_that_differ_and_shows_the_reckoning(staff):
    one = product()
    Product.objects.filter(pk=one.pk).update(published_at=timezone.now(), is_public=True)
    one.level_prices.all().update(net="1.23", gross="1.51")

    page = staff.get(WHY, {"index": one.upc, "of": buyer().pk})

    found = page.context["answer"]
    assert found.first_failure.name == "Ceny i warunki jak w WAPRO teraz"
    assert "poziom cen" in found.first_failure.said
    assert found.reckoning
    assert "1,23" in page.content.decode()

    one.level_prices.all().delete()
    a_price(one, "5.00", "6.15", level="no-such-level")
    Organisation.objects.filter(pk=buyer().pk).update(price_level="other")
    assert first_failure(staff, one.upc)[0] == "Cena dla tego kupującego"
