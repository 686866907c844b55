"""Turning a basket into an order: once, from what is there, to where the buyer may send."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from factories.shop import (
    a_basket,
    a_branch,
    a_company,
    a_member,
    a_place,
    batch,
    erp_article,
    fresh_basket,
)
from factories.shop import a_priced_product as goods
from factories.threads import at_once

from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.forks.partner.models import StockRecord
from wiadukt.shop.ordering.place import CannotPlace, Wishes, place
from wiadukt.shop.organisations.models import Role
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.sync.apply.products import apply_products

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def a_buyer(name: str, **fields):
    company = a_company(name)
    member = a_member(f"kupiec@{name.lower()}.example", company.default_branch, **fields)
    return member, Wishes(branch=company.default_branch, place=a_place(company, "Hala"))


@pytest.mark.parametrize("_again", range(5))
def test_the_last_piece_is_sold_once(_again):
    last = goods(stock=1)
    buyers = [a_buyer(f"Firma{n}") for n in range(4)]
    baskets = [a_basket(member.user, (last, 1)) for member, _ in buyers]
    calls = [
        lambda basket=basket, member=member, wishes=wishes: place(fresh_basket(basket), member, wishes)
        for basket, (member, wishes) in zip(baskets, buyers, strict=True)
    ]

    results = at_once(*calls, expected=CannotPlace)

    assert sorted(type(result).__name__ for result in results) == ["CannotPlace"] * 3 + ["Order"]
    assert OutboundMessage.objects.count() == 1
    assert StockRecord.objects.get().num_allocated == 1


def test_one_basket_sent_twice_at_once_is_one_order():
    member, wishes = a_buyer("Firma")
    basket = a_basket(member.user, (goods(), 2))

    results = at_once(*[lambda: place(fresh_basket(basket), member, wishes)] * 3)

    assert len({order.pk for order in results}) == 1
    assert Order.objects.count() == OutboundMessage.objects.count() == 1


def test_what_is_placed_while_wapros_stock_is_applied_stays_allocated():
    product = goods(stock=1)
    member, wishes = a_buyer("Firma")
    basket = a_basket(member.user, (product, 1))
    article = erp_article("ZAW-1", available=1, stock=1)

    def apply() -> None:
        with transaction.atomic():
            apply_products([article], [], batch("", "ZAW-1"))

    at_once(lambda: place(fresh_basket(basket), member, wishes), apply)

    assert Order.objects.count() == 1
    assert StockRecord.objects.get().net_stock_level == 0


def test_one_product_in_two_lines_is_counted_together():
    product = goods(stock=3)
    member, wishes = a_buyer("Firma")
    basket = a_basket(member.user, (product, 2))
    line = basket.lines.get()
    line.pk, line.line_reference = None, "second"
    line.save()

    with pytest.raises(CannotPlace, match="ZAW-1"):
        place(fresh_basket(basket), member, wishes)


def foreign_branch(member, wishes):
    return Wishes(branch=a_company("Obca").default_branch, place=wishes.place)


def other_branch_of_the_company(member, wishes):
    return Wishes(branch=a_branch(member.organisation, "Poznań"), place=wishes.place)


def foreign_place(member, wishes):
    return Wishes(branch=wishes.branch, place=a_place(a_company("Obca"), "Cudza hala"))


def closed_place(member, wishes):
    wishes.place.is_active = False
    wishes.place.save()
    return wishes


def place_of_another_branch(member, wishes):
    poznan = a_branch(member.organisation, "Poznań")
    member.branches.add(poznan)
    return Wishes(branch=wishes.branch, place=a_place(member.organisation, "Hala Poznań", poznan))


def closed_company(member, wishes):
    member.organisation.is_open = False
    member.organisation.save()
    return wishes


def switched_off_person(member, wishes):
    member.is_active = False
    member.save()
    return wishes


@pytest.mark.parametrize(
    "wrong",
    [
        foreign_branch,
        other_branch_of_the_company,
        foreign_place,
        closed_place,
        place_of_another_branch,
        closed_company,
        switched_off_person,
    ],
)
def test_an_order_goes_only_where_its_buyer_may_send(wrong):
    member, wishes = a_buyer("Firma")
    basket = a_basket(member.user, (goods(), 1))
    said = wrong(member, wishes)

    with pytest.raises(CannotPlace) as refusal:
        place(fresh_basket(basket), member, said)

    assert len(refusal.value.reasons) == 1
    assert not Order.objects.exists()
    assert not OutboundMessage.objects.exists()


def test_a_manager_orders_for_every_branch():
    member, wishes = a_buyer("Firma", role=Role.MANAGER)
    poznan = a_branch(member.organisation, "Poznań")
    basket = a_basket(member.user, (goods(), 1))

    order = place(fresh_basket(basket), member, Wishes(branch=poznan, place=wishes.place))

    assert order.branch == poznan
    assert not connection.in_atomic_block


def test_a_page_sent_again_after_its_order_was_placed_leads_to_that_order(logged_in):
    member, wishes = a_buyer("Firma")
    a_basket(member.user, (goods(), 1))
    browser = logged_in(member.user)
    form = browser.get("/basket/checkout/").context["form"]
    sent = {name: form[name].value() for name in ("basket", "seen_total")}
    sent |= {"place": wishes.place.pk, "branch": wishes.branch.pk}
    first = browser.post("/basket/checkout/", sent)

    again = browser.post("/basket/checkout/", sent)

    assert again["location"] == first["location"] == f"/orders/{Order.objects.get().pk}/"


def test_nobody_is_led_to_an_order_of_another_by_its_basket(logged_in):
    member, wishes = a_buyer("Firma")
    other, elsewhere = a_buyer("Inna")
    basket = a_basket(member.user, (goods(), 1))
    place(basket, member, wishes)

    sent = {"basket": basket.pk, "place": elsewhere.place.pk, "branch": elsewhere.branch.pk}
    answer = logged_in(other.user).post("/basket/checkout/", sent)

    assert answer["location"] == "/basket/"


def test_a_basket_that_was_filled_on_another_page_is_not_ordered_unseen(logged_in):
    member, wishes = a_buyer("Firma")
    product = goods()
    basket = a_basket(member.user, (product, 1))
    place(basket, member, wishes)
    a_basket(member.user, (product, 5))

    sent = {"basket": basket.pk, "place": wishes.place.pk, "branch": wishes.branch.pk}
    logged_in(member.user).post("/basket/checkout/", sent)

    assert Order.objects.count() == 1
