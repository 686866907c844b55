"""A changed order the whole way: the shop, the connector, WAPRO and production, all of them real."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import httpx
import pytest
from factories.outbox import say
from factories.serving import served as running
from factories.shop import a_basket, a_member

from tests.integration.reconciliation.test_reconciliation import compared, drift_of
from wiadukt.contract.base import Kind
from wiadukt.production.main import create_app
from wiadukt.production.migrate import migrate
from wiadukt.production.settings import Settings
from wiadukt.shop.forks.catalogue.models import Product, ProductClass
from wiadukt.shop.forks.order.models import Line, Order
from wiadukt.shop.ordering import changing
from wiadukt.shop.ordering.models import OrderNotice
from wiadukt.shop.ordering.place import Wishes, place
from wiadukt.shop.organisations.models import DeliveryPlace
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.sync import deliver, inbox
from wiadukt.shop.sync.client import Production, client_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def floor(postgres) -> Iterator[httpx.Client]:
    """Production, whose jobs people make."""
    url = postgres.url("production_of_changes")
    migrate(url)
    settings = Settings(
        database_url=url,
        tokens="shop:from-shop",
        connector_url="http://127.0.0.1:9",
        connector_token="x",
        report_poll_s=60,
    )
    with running(create_app(settings)) as where, client_of(where, "from-shop") as client:
        yield client


@dataclass
class Story:
    """An order of four fronts that are made to order, which WAPRO and production have."""

    road: object
    floor: httpx.Client
    to: deliver.Receivers
    member: object
    order: Order

    def change(self, quantity: int) -> Order:
        basket = changing.begin(self.order.pk, self.member.user)
        basket.lines.update(quantity=quantity)
        return place(basket, self.member, Wishes(self.order.branch, self.order.delivery_place))

    def document(self, number: str) -> tuple[str, Decimal]:
        """Letter and ordered quantity in WAPRO; None where it has no such order."""
        with self.road.rows() as rows:
            found = rows(
                'SELECT rtrim(z."STATUS_ZAM"), p."ZAMOWIONO" FROM dbo."ZAMOWIENIE" z '
                'JOIN dbo."POZYCJA_ZAMOWIENIA" p USING ("ID_ZAMOWIENIA") WHERE z."NR_ZAMOWIENIA_KLIENTA" = %s',
                number,
            )
        return found[0] if found else None

    def job(self, number: str) -> tuple[str, Decimal]:
        job = self.floor.get(f"/v1/job-orders/{number}-1").json()
        return (job["state"], Decimal(job["quantity"])) if "state" in job else None

    def settle(self) -> None:
        say(self.to)
        for order in Order.objects.filter(number__startswith=self.order.number).exclude(erp_id=None):
            inbox.ask({(Kind.ORDER, order.erp_id): "test"})
        self.road.apply()


@pytest.fixture
def story(road, floor) -> Story:
    kind = ProductClass.objects.create(name="Fronty", slug="fronty", made_to_order=True, track_stock=False)
    front = Product.objects.filter(in_shop=True, level_prices__isnull=False).order_by("upc").first()
    Product.objects.filter(pk=front.pk).update(product_class=kind, published_at="2026-11-01T00:00Z", is_public=True)
    where = DeliveryPlace.objects.exclude(erp_id=None).filter(organisation__in_shop=True).order_by("pk").first()
    member = a_member("ewa@x.example", where.organisation.default_branch)
    basket = a_basket(member.user, (Product.objects.get(pk=front.pk), 4))
    order = place(basket, member, Wishes(member.branches.first(), where))
    story = Story(road, floor, deliver.Receivers(road.connector, Production(floor)), member, order)
    story.settle()
    order.refresh_from_db()
    return story


def test_the_changed_order_is_in_wapro_and_production_and_the_first_one_in_neither(story):
    changed = story.change(6)
    story.settle()

    number = story.order.number
    assert (story.document(number), story.document(changed.number)) == (("A", 4), ("", 6))
    assert (story.job(number), story.job(changed.number)) == (("Cancelled", 4), ("Waiting", 6))
    changed.refresh_from_db()
    story.order.refresh_from_db()
    assert (changed.is_placed, changed.erp_state, story.order.erp_state) == (True, "new", "cancelled")
    assert [line.quantity for line in Line.objects.filter(order=changed)] == [6]
    assert not OrderNotice.objects.filter(order=story.order, news="state").exists()
    assert set(OutboundMessage.objects.values_list("state", flat=True)) == {"delivered"}
    assert drift_of(compared(story.road)) == []


def test_when_the_office_has_taken_it_up_everything_is_as_it_was(story):
    story.road.office(
        'UPDATE dbo."ZAMOWIENIE" SET "STATUS_ZAM" = %s WHERE "NR_ZAMOWIENIA_KLIENTA" = %s', "K", story.order.number
    )

    changed = story.change(6)
    story.settle()

    changed.refresh_from_db()
    assert changed.approval == "asked"
    assert (story.document(story.order.number), story.document(changed.number)) == (("K", 4), None)
    assert story.job(story.order.number) == ("Waiting", 4), "production goes on with the first one"
    assert story.job(changed.number) is None


def test_when_the_floor_has_begun_wapro_is_not_even_asked(story):
    story.floor.post(f"/terminal/{story.order.number}-1/steps", data={"action": "start", "token": "t1"})
    assert story.job(story.order.number)[0] == "Running"

    changed = story.change(6)
    story.settle()

    changed.refresh_from_db()
    assert changed.approval == "asked"
    assert story.document(story.order.number) == ("", 4)
    assert not OutboundMessage.objects.filter(key=changed.number).exists()
