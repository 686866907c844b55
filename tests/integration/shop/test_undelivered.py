"""Orders that WAPRO does not have: one that nobody tells is told again, one that a person discarded never is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from factories.outbox import an_order_message
from factories.shop import a_branch, a_company, a_product, an_order

from wiadukt.shop.outbox import mend
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.sync import prune
from wiadukt.shop.sync.models import Cause
from wiadukt.shop.sync.reconcile.undelivered import undelivered_orders

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def order():
    """An order of yesterday without a document in WAPRO."""
    placed = timezone.now() - timedelta(days=1)
    order = an_order(a_branch(a_company("Nowak"), "Poznań"), "WD-1", erp_id=None, erp_number="", date_placed=placed)
    order.lines.update(product=a_product("ZAW-1"), unit_price_excl_tax=10, unit_price_incl_tax=12)
    return order


def found() -> list[tuple[str, str]]:
    return [(drift.cause, drift.detail) for drift in undelivered_orders(repair=True)]


def test_one_that_nobody_tells_is_told_again():
    assert found() == [(Cause.UNKNOWN, "")]

    assert OutboundMessage.objects.get().key == "WD-1"
    assert found() == [], "now it waits for its turn"


def test_one_that_wapro_refused_waits_for_a_person():
    an_order_message(state="rejected", last_answer="Kontrahent zablokowany.")

    assert found() == [(Cause.REFUSED_BY_ERP, "Kontrahent zablokowany.")]
    assert OutboundMessage.objects.count() == 1


def test_one_that_a_person_discarded_is_shown_as_such_and_never_told_even_after_pruning(settings):
    message = an_order_message(state="rejected")
    mend.discard(message.pk, "admin@sklep.example", "zamówiono telefonicznie")
    long_ago = timezone.now() - timedelta(days=settings.ENVIRONMENT.shop_keep_days + 1)
    OutboundMessage.objects.update(created_at=long_ago)

    prune.prune()

    assert found() == [(Cause.DISCARDED, "admin@sklep.example: zamówiono telefonicznie")]
    assert OutboundMessage.objects.get().state == "discarded"
