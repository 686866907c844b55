"""Addresses on the whole road: the shop's outbox, the real connector over HTTP, WAPRO's base, and back."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import psycopg
import pytest
from django.utils import timezone
from factories.bases import PostgresBases
from factories.outbox import say
from factories.serving import served as running
from factories.wapro import TOKEN, settings_for

from wiadukt.contract.address_change import CardPart, CardValue
from wiadukt.contract.base import Kind
from wiadukt.contract.customer import Address, PlaceCard
from wiadukt.demo.world import seed
from wiadukt.shop.addresses import change
from wiadukt.shop.addresses.change import By
from wiadukt.shop.addresses.models import Conflict, WaproRules
from wiadukt.shop.organisations.models import DeliveryPlace, Organisation
from wiadukt.shop.outbox.models import Gate, MessageState, OutboundMessage
from wiadukt.shop.sync import deliver, fetch, inbox, takeover, watch
from wiadukt.shop.sync.client import Connector, Production, client_of
from wiadukt.shop.sync.reconcile import run
from wiadukt.wapro.main import create_app

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ANNA = By("anna@n.example")
NEW = Address(street="Leśna 7", postal_code="60-001", city="Poznań")


class Road:
    def __init__(self, url: str, connector: Connector) -> None:
        self.url, self.connector = url, connector
        self.company = Organisation.objects.filter(delivery_places__isnull=False).order_by("pk").first()

    def office(self, query: str, *values: object) -> list[tuple]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            found = connection.execute(query, values)
            return found.fetchall() if found.description else []

    def deliver(self) -> None:
        OutboundMessage.objects.filter(state=MessageState.WAITING).update(next_attempt_at=timezone.now())
        receivers = deliver.Receivers(self.connector, Production(httpx.Client(base_url="http://127.0.0.1:9")))
        say(receivers)

    def read_back(self) -> None:
        """As an event of this buyer would make it."""
        inbox.ask({(Kind.CUSTOMER, self.company.erp_id): "e-2"})
        fetch.run(self.connector)
        self.company.refresh_from_db()


@pytest.fixture(scope="module")
def served(postgres) -> Iterator[tuple[str, Connector]]:
    with PostgresBases(postgres).fresh() as url:
        seed(url, goods=10, customers=3, orders=2)
        settings = settings_for(url, wapro_write_addresses=True, wapro_write_places=True)
        with running(create_app(settings)) as where, client_of(where, TOKEN) as http:
            yield url, Connector(http)


@pytest.fixture
def road(served, transactional_db: None) -> Road:
    url, connector = served
    takeover.ask_for_everything(connector)
    fetch.run(connector)
    return Road(url, connector)


def test_an_address_goes_there_and_comes_back_and_nothing_differs(road):
    message = change.change_card(road.company, CardPart.ADDRESS, CardValue(address=NEW), ANNA)
    waiting = run.start()
    run.work(waiting.pk, road.connector, settle_s=0)
    assert waiting.drifts.count() == 0, "a change that waits is no drift"

    road.deliver()
    road.read_back()

    message.refresh_from_db()
    assert (message.state, road.company.street, Conflict.objects.count()) == ("delivered", "Leśna 7", 0)
    held = road.office('SELECT "ULICA_LOKAL" FROM dbo."KONTRAHENT" WHERE "ID_KONTRAHENTA" = %s', road.company.erp_id)
    assert held == [("Leśna 7",)]
    after = run.start()
    run.work(after.pk, road.connector, settle_s=0)
    assert after.drifts.count() == 0


def test_an_open_card_makes_the_change_wait_and_holds_up_nobody_else(road):
    card = 'UPDATE dbo."KONTRAHENT" SET "SEMAFOR" = %s WHERE "ID_KONTRAHENTA" = %s'
    road.office(card, 3000001, road.company.erp_id)
    message = change.change_card(road.company, CardPart.PHONE, CardValue(phone="+48 61 852 00 00"), ANNA)

    for _ in range(4):
        road.deliver()

    message.refresh_from_db()
    assert (message.state, message.attempted.first().outcome) == ("waiting", "busy")
    assert not Gate.objects.exclude(next_probe_at=None).exists(), "it is no outage"
    road.office(card, 0, road.company.erp_id)
    road.deliver()
    message.refresh_from_db()
    assert message.state == "delivered"


def test_the_offices_change_in_between_is_replaced_and_shown_as_a_conflict(road):
    message = change.change_card(road.company, CardPart.CORRESPONDENCE, CardValue(address=NEW), ANNA)
    query = 'UPDATE dbo."KONTRAHENT" SET "ULICA_LOKAL_KOR" = %s, "KTO_POPRAWIL" = %s WHERE "ID_KONTRAHENTA" = %s'
    road.office(query, "Biurowa 1", "Zofia 23.11.2026 12:00:00", road.company.erp_id)

    road.deliver()

    conflict = Conflict.objects.get()
    assert (conflict.winner, conflict.wapro_value["address"]["street"], conflict.wapro_author) == (
        "shop", "Biurowa 1", "Zofia 23.11.2026 12:00:00",
    )  # fmt: skip
    message.refresh_from_db()
    assert message.state == "delivered"


def test_a_new_place_comes_back_with_its_id_once(road):
    place = change.add_place(road.company, PlaceCard(name="Hala 9", address=NEW), [], ANNA)

    road.deliver()
    road.read_back()

    place.refresh_from_db()
    assert place.erp_id
    assert DeliveryPlace.objects.filter(name="Hala 9").count() == 1
    assert road.office('SELECT count(*) FROM dbo."MIEJSCE_DOSTAWY" WHERE "FIRMA" = %s', "Hala 9") == [(1,)]


def test_what_wapro_refuses_is_told_and_undone(road):
    place = road.company.delivery_places.exclude(erp_id=None).first()
    before = place.name
    change.change_place(place, PlaceCard(name="Hala ☃", address=NEW), None, ANNA)

    road.deliver()
    fetch.run(road.connector)

    place.refresh_from_db()
    message = OutboundMessage.objects.get(key=str(place.key))
    assert (message.state, message.refusal["code"], message.refusal["field"]) == (
        "rejected",
        "unknown_sign",
        "value.name",
    )
    assert place.name == before, "the shop shows what holds"


def test_the_shop_learns_lengths_and_switches_from_the_connector(road):
    watch.look(road.connector)

    rules = WaproRules.objects.get()
    assert (rules.writes, rules.limits["place.name"], rules.limits["address.street"]) == (
        ["addresses", "places"],
        100,
        50,
    )
