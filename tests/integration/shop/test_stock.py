"""What is free to sell, while orders and stock cross on the road between the shop and WAPRO."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories.outbox import say
from factories.shop import (
    a_basket,
    a_company,
    a_member,
    a_place,
    a_priced_product,
    a_product,
    a_user,
    batch,
    erp_article,
    erp_order,
    erp_order_line,
    fresh_basket,
)

from wiadukt.contract.base import Kind, OrderId
from wiadukt.contract.order import OrderReceipt
from wiadukt.shop.forks.partner.models import StockRecord
from wiadukt.shop.ordering.place import Wishes, place
from wiadukt.shop.outbox import mend
from wiadukt.shop.outbox.models import MessageState, OutboundMessage
from wiadukt.shop.sync.apply.orders import apply_orders
from wiadukt.shop.sync.apply.products import apply_products
from wiadukt.shop.sync.deliver import Receivers
from wiadukt.shop.sync.models import InboxObject
from wiadukt.shop.sync.prune import prune
from wiadukt.shop.sync.reconcile.undelivered import undelivered_orders

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


class Office:
    """Takes every order, as WAPRO does."""

    def put_order(self, placed):
        return OrderReceipt(number=placed.number, id=OrderId("900"), erp_number="ZO 1/26", created=True)


@pytest.fixture
def order():
    """An order for 4 of 10 pieces; WAPRO has not heard of it yet."""
    product = a_priced_product("ZAW-1", stock=10)
    company = a_company("Stolarnia", erp_id="17")
    member = a_member("anna@stolarnia.example", company.default_branch)
    basket = a_basket(member.user, (product, 4))
    return place(fresh_basket(basket), member, Wishes(company.default_branch, a_place(company, "Hala")))


def free() -> int:
    return StockRecord.objects.get().net_stock_level


def comes(available: int, *, read_at) -> None:
    came = batch("m", "ZAW-1")
    came.read_at = read_at
    apply_products([erp_article("ZAW-1", available=available, stock=10)], [], came)


def told(order) -> None:
    say(Receivers(connector=Office(), production=None))


def test_stock_read_before_wapro_had_the_order_does_not_free_what_was_ordered(order):
    before = timezone.now()
    told(order)

    comes(10, read_at=before)

    assert free() == 6


def test_goods_that_are_ordered_and_goods_that_are_not_come_in_one_batch(order):
    a_product("ZAW-2", stock=10)
    came = batch("m", "ZAW-1", "ZAW-2")
    came.read_at = timezone.now()

    apply_products([erp_article(index, available=9, stock=9) for index in ("ZAW-1", "ZAW-2")], [], came)

    found = StockRecord.objects.order_by("partner_sku").values_list("available", "num_allocated")
    assert list(found) == [(9, 4), (9, 0)]


def test_stock_read_after_wapro_had_the_order_counts_it_once(order):
    told(order)

    comes(6, read_at=timezone.now())

    assert free() == 6


def test_goods_are_read_again_as_soon_as_wapro_has_the_order(order):
    told(order)

    assert InboxObject.objects.filter(kind=Kind.PRODUCT, object_id="ZAW-1").exists()


def test_an_order_that_came_back_before_its_receipt_stays_counted(order):
    before = timezone.now()
    came = erp_order("900", shop_number=order.number, lines=(erp_order_line("1", ordered=4),))
    apply_orders([came], [], batch("m", "900"))

    comes(10, read_at=before)

    assert free() == 6


def test_an_order_that_a_person_discarded_holds_no_stock(order):
    message = OutboundMessage.objects.get()
    message.state = MessageState.REJECTED
    message.save()
    comes(10, read_at=timezone.now())
    assert free() == 6, "a refused order waits for a person and keeps its goods"

    mend.discard(message.pk, "my@sklep.example", "dubel")
    comes(10, read_at=timezone.now())

    assert free() == 10


def test_discarding_an_order_reads_its_goods_again(order, logged_in):
    message = OutboundMessage.objects.get()
    root = a_user("root@sklep.example", is_staff=True, is_superuser=True)

    logged_in(root).post(f"/dashboard/sync/messages/{message.pk}/discard/", {"reason": "dubel"})

    assert OutboundMessage.objects.get().state == MessageState.DISCARDED
    assert InboxObject.objects.filter(kind=Kind.PRODUCT, object_id="ZAW-1").exists()


def test_a_discarded_order_is_never_told_again_however_old(order):
    mend.discard(OutboundMessage.objects.get().pk, "my@sklep.example", "dubel")
    long_ago = timezone.now() - timedelta(days=4000)
    OutboundMessage.objects.update(created_at=long_ago)
    type(order).objects.update(date_placed=long_ago)

    prune()
    undelivered_orders(repair=True)

    assert [message.state for message in OutboundMessage.objects.all()] == [MessageState.DISCARDED]


def test_the_whole_number_in_stock_can_differ_from_wapros_figure_in_no_way():
    """The comparison looks at WAPRO's figure alone; a copy changed by hand would sell what is not there, for ever."""
    a_product("ZAW-1", stock=5)

    with pytest.raises(IntegrityError, match="stock_is_wapros_available"), transaction.atomic():
        StockRecord.objects.update(num_in_stock=9)

    StockRecord.objects.update(available="2.75", num_in_stock=2)
    StockRecord.objects.update(available="-3", num_in_stock=0)
