"""WAPRO's queue in the shop's panel, through the real connector; a silent connector is said, and breaks no page."""

from __future__ import annotations

import pytest
from django.test import Client
from factories.shop import a_seller, a_supervisor, a_user
from factories.wapro import TOKEN

from wiadukt.shop.sellers.models import SellerRole
from wiadukt.shop.sync import client
from wiadukt.shop.sync.client import Connector, client_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PAGE = "/dashboard/sync/erp-queue/"
REFUSED = "401: nieznany podpis"


def browser(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def supervisor(road, monkeypatch) -> Client:
    monkeypatch.setattr(client, "connector", lambda: road.connector)
    road.office("DELETE FROM wiadukt.kolejka")
    refused = [("A-1", "odrzucony", REFUSED), ("A-2", "odrzucony", REFUSED)]
    for object_id, status, cause in (*refused, ("A-3", "wyslany", "")):
        road.office(
            "INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu, status, ostatni_blad) VALUES ('product', %s, %s, %s)",
            object_id,
            status,
            cause,
        )
    return browser(a_supervisor("my@sklep.example"))


def test_the_queue_is_shown_and_filtered_and_its_refusals_are_announced_again(supervisor, road):
    def listed(**asked: str) -> list[str]:
        page = supervisor.get(PAGE, asked)
        assert page.status_code == 200
        return [row.object_id for row in page.context["rows"]]

    assert listed() == ["A-3", "A-2", "A-1"]
    assert listed(state="rejected") == ["A-2", "A-1"]
    assert listed(state="nonsense", kind="planet", before="x") == ["A-3", "A-2", "A-1"]
    assert listed(q="A-3") == ["A-3"]
    part = supervisor.get(PAGE + "causes/")
    cause = part.context["causes"][0]
    assert (cause.cause, cause.count) == (REFUSED, 2)

    answer = supervisor.post(PAGE + "again/", {"cause": cause.cause, "up_to": str(cause.up_to)}, follow=True)

    assert "2 zmiany" in answer.content.decode()
    assert road.value("SELECT count(*) FROM wiadukt.kolejka WHERE status = 'przyjety'") == 2
    assert supervisor.post(PAGE + "again/", {"cause": REFUSED, "up_to": "x"}).status_code == 302


def test_a_silent_connector_is_said_and_the_page_stands(supervisor, monkeypatch):
    with client_of("http://127.0.0.1:9", TOKEN) as http:
        monkeypatch.setattr(client, "connector", lambda: Connector(http))
        for address in (PAGE, PAGE + "causes/"):
            page = supervisor.get(address)
            assert page.status_code == 200
            assert "Łącznik nie odpowiada" in page.content.decode()
        answer = supervisor.post(PAGE + "again/", {"cause": "", "up_to": "1"}, follow=True)
        assert "Łącznik nie odpowiada" in answer.content.decode()


def test_it_is_for_who_watches_the_whole_traffic(supervisor):
    technician = browser(a_seller("technik@x.example", role=SellerRole.TECHNICIAN).user)
    others = (a_seller("opiekun@x.example").user, a_user("towary@x.example", is_staff=True))

    assert technician.get(PAGE).status_code == 200
    for user in others:
        assert [browser(user).get(PAGE).status_code, browser(user).post(PAGE + "again/").status_code] == [403, 403]
