"""A status letter of the office's own: the overview names it, the panel gives it a meaning, its orders come anew."""

from __future__ import annotations

import html
import re

import pytest
from django.core.cache import cache
from django.test import Client
from factories.shop import a_supervisor, a_user
from factories.wapro import TOKEN

from wiadukt.contract.base import Kind
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.panel.models import PanelDeed
from wiadukt.shop.sync import client, inbox, statuses, watch
from wiadukt.shop.sync.client import Connector, client_of
from wiadukt.shop.sync.models import ErpStatus

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
OVERVIEW, FORMS, SAY = "/dashboard/sync/", "/dashboard/sync/forms/", "/dashboard/sync/forms/status/"
OWN = "spakowane na rampie"


def browser(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(page) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page.content.decode())).split())


@pytest.fixture
def order(road, monkeypatch) -> Order:
    """One of the shop's orders, which the office put into a status of its own."""
    monkeypatch.setattr(client, "connector", lambda: road.connector)
    cache.clear()
    road.office(
        'INSERT INTO dbo."MAG_SLOWNIK_STATUSOW_DOKUMENTOW" ("OPIS_STATUSU", "KOD_STATUSU") VALUES (%s, %s)', OWN, "H"
    )
    order = Order.objects.exclude(erp_state__in=statuses.OVER).exclude(erp_id=None).first()
    road.office('UPDATE dbo."ZAMOWIENIE" SET "STATUS_ZAM" = %s WHERE "ID_ZAMOWIENIA" = %s', "H", int(order.erp_id))
    inbox.ask({(Kind.ORDER, order.erp_id): ""})
    road.apply()
    watch.look(road.connector)
    order.refresh_from_db()
    yield order
    road.office("DELETE FROM wiadukt.znaczenie_statusu")
    road.office('DELETE FROM dbo."MAG_SLOWNIK_STATUSOW_DOKUMENTOW" WHERE "KOD_STATUSU" = %s', "H")


@pytest.fixture
def administrator() -> Client:
    return browser(a_user("admin@sklep.example", is_staff=True, is_superuser=True))


def test_it_is_not_silent_and_gets_a_meaning_from_the_panel_and_just_its_orders_come_anew(road, order, administrator):
    assert (order.erp_state, order.status_label) == ("confirmed", OWN)
    text = words(administrator.get(OVERVIEW))
    assert (
        f"1 zamówienie ma w WAPRO status, którego znaczenia nikt nie podał, i jest pokazywane jako przyjęte: H ({OWN})"
        in text
    )
    assert "Określ, co on znaczy" in text
    assert OWN in words(administrator.get(FORMS))
    road.office("DELETE FROM wiadukt.kolejka")

    answer = administrator.post(SAY, {"letter": "H", "state": "packed"}, follow=True)

    assert "Zapisano. 1 zamówienie zostanie pobrane ponownie." in words(answer)
    assert road.value("SELECT string_agg(id_obiektu, ',') FROM wiadukt.kolejka") == order.erp_id
    inbox.ask({(Kind.ORDER, order.erp_id): ""})  # as its event does
    road.apply()
    watch.look(road.connector)
    order.refresh_from_db()
    assert order.erp_state == "packed"
    assert "którego znaczenia nikt nie podał" not in words(administrator.get(OVERVIEW))
    deed = PanelDeed.objects.get(action="mapped")
    assert (deed.author, deed.outcome) == ("admin@sklep.example", f"H ({OWN}) → spakowane")
    assert deed.outcome in words(administrator.get(FORMS))


def test_a_silent_connector_keeps_nothing_and_says_so(order, administrator, monkeypatch):
    with client_of("http://127.0.0.1:9", TOKEN) as http:
        monkeypatch.setattr(client, "connector", lambda: Connector(http))
        answer = administrator.post(SAY, {"letter": "H", "state": "packed"}, follow=True)

    assert "Łącznik tego nie zapisał" in words(answer)
    assert ErpStatus.objects.get(letter="H").state == ""
    assert not PanelDeed.objects.exists()


@pytest.mark.parametrize("asked", [{"letter": "A", "state": "packed"}, {"letter": "H", "state": "sad"}, {}])
def test_a_letter_of_the_settings_and_what_is_no_meaning_are_not_taken(road, order, administrator, asked):
    answer = administrator.post(SAY, asked, follow=True)

    assert "Wybierz, co znaczy litera." in words(answer)
    assert road.value("SELECT count(*) FROM wiadukt.znaczenie_statusu") == 0


def test_only_an_administrator_says_what_a_letter_means(order):
    supervisor = browser(a_supervisor("my@sklep.example"))

    assert supervisor.post(SAY, {"letter": "H", "state": "packed"}).status_code == 403


def test_an_order_that_is_over_troubles_nobody(order, administrator):
    Order.objects.filter(pk=order.pk).update(erp_state="finished")

    assert statuses.unknown() == []


def test_a_letter_that_wapro_no_longer_has_is_forgotten(road, order):
    road.office('DELETE FROM dbo."MAG_SLOWNIK_STATUSOW_DOKUMENTOW" WHERE "KOD_STATUSU" = %s', "H")

    watch.look(road.connector)

    assert not ErpStatus.objects.filter(letter="H").exists()
    assert statuses.unknown() == []


def test_a_meaning_is_taken_back(road, order, administrator):
    administrator.post(SAY, {"letter": "H", "state": "packed"})
    assert road.value("SELECT count(*) FROM wiadukt.znaczenie_statusu") == 1

    administrator.post(SAY, {"letter": "H", "state": ""})

    assert road.value("SELECT count(*) FROM wiadukt.znaczenie_statusu") == 0
    assert [one.letter for one in statuses.unknown()] == ["H"]
