"""A payment form that WAPRO does not have: refused by the real connector, mapped from the refusal, then in WAPRO."""

from __future__ import annotations

import httpx
import pytest
from django.test import Client
from django.utils import timezone
from factories.mass import work_off
from factories.outbox import a_message, say
from factories.shop import a_basket, a_member, a_user, fresh_basket

from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.forks.partner.strategy import CustomerStrategy
from wiadukt.shop.ordering.models import ErpForm, FormKind, TradeForm
from wiadukt.shop.ordering.place import Wishes, place
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.outbox.models import Intervention, MessageState, OutboundMessage
from wiadukt.shop.panel.models import PanelDeed
from wiadukt.shop.sync import deliver, watch
from wiadukt.shop.sync.client import Production
from wiadukt.shop.sync.mass.steps import to_map
from wiadukt.shop.sync.models import MassRun

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
CAUSES = "/dashboard/sync/causes/"


@pytest.fixture
def administrator() -> Client:
    client = Client(raise_request_exception=False)
    root = a_user("root@x.example", is_staff=True, is_superuser=True)
    client.force_login(root, backend="django.contrib.auth.backends.ModelBackend")
    return client


def ordered(payment: TradeForm | None) -> Order:
    """One piece of the cheapest goods that this buyer may have, paid so."""
    company = Organisation.objects.filter(delivery_places__isnull=False, is_open=True).order_by("pk").first()
    member = a_member(f"kupiec{Order.objects.count()}@x.example", company.default_branch)
    strategy = CustomerStrategy(user=member.user)
    Product.objects.filter(published_at=None).update(published_at=timezone.now(), is_public=True)
    for product in Product.objects.filter(in_shop=True, erp_blocked=False).order_by("upc"):
        if strategy.fetch_for_product(product).availability.is_purchase_permitted(1)[0]:
            basket = a_basket(member.user, (product, 1))
            break
    wishes = Wishes(company.default_branch, company.delivery_places.filter(is_active=True).first(), payment=payment)
    return place(fresh_basket(basket), member, wishes)


def test_a_missing_form_is_mapped_from_the_refusal_and_just_those_orders_run_again(road, administrator):
    watch.note(road.connector.status())
    form = TradeForm.objects.create(kind=FormKind.PAYMENT, name="Z góry", erp_code="przedpłata")
    order, plain = ordered(form), ordered(None)
    # Somebody renames the form in WAPRO between the order and its delivery.
    road.office("""UPDATE dbo."FORMA_PLATNOSCI" SET "NAZWA" = 'zaliczka' WHERE "NAZWA" = 'przedpłata'""")
    other = a_message("WD-X", destination="wapro", state="rejected", refusal={"code": "product_not_allowed"})
    receivers = deliver.Receivers(road.connector, Production(httpx.Client(base_url="http://127.0.0.1:9")))
    say(receivers)
    watch.note(road.connector.status())

    row = next(row for row in administrator.get(CAUSES).context["refused"] if row["targets"])
    assert (row["group"].about, row["group"].count) == ("przedpłata", 1)
    assert "zaliczka" in [target.code for target in row["targets"]]
    said = {"code": row["group"].code, "about": row["group"].about}
    answer = administrator.post(CAUSES + "map/", said | {"to": "zaliczka"})
    assert answer["location"] == f"/dashboard/sync/runs/{MassRun.objects.get().pk}/"
    work_off()
    say(receivers)

    message = OutboundMessage.objects.get(kind="order_placed", key=order.number)
    assert message.state == MessageState.DELIVERED
    query = 'SELECT "FORMA_PLATNOSCI" FROM dbo."ZAMOWIENIE" WHERE "NR_ZAMOWIENIA_KLIENTA" = %s'
    assert road.value(query, order.number) == "zaliczka"
    assert road.value(query, plain.number) not in ("zaliczka", None), "without a choice: as on the buyer's card"
    deed = Intervention.objects.get(message=message)
    assert (deed.deed, deed.reason, deed.old_payload["payment_form"]) == (
        "edited",
        "przedpłata → zaliczka",
        "przedpłata",
    )
    form.refresh_from_db()
    assert form.erp_code == "zaliczka"
    other.refresh_from_db()
    assert other.state == MessageState.REJECTED
    assert not to_map(said, order.user).exists()
    assert PanelDeed.objects.get().author == "root@x.example"


def test_the_dictionaries_follow_what_the_connector_tells(road):
    ErpForm.objects.create(kind=FormKind.PAYMENT, code="dawna", name="dawna")

    watch.note(road.connector.status())

    deliveries = dict(ErpForm.objects.filter(kind=FormKind.DELIVERY).values_list("code", "name"))
    assert deliveries == {"1": "Transport własny", "2": "Kurier", "3": "Odbiór osobisty"}
    payments = dict(ErpForm.objects.filter(kind=FormKind.PAYMENT).values_list("code", "days"))
    assert payments["przelew"] == 14
    assert "dawna" not in payments
