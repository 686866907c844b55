"""An order over its buyer's limit waits inside his company: nobody outside hears of it before it is approved, once."""

from __future__ import annotations

import time
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.core import mail
from django.utils import timezone
from factories.shop import (
    a_basket,
    a_branch,
    a_company,
    a_member,
    a_place,
    a_price,
    a_product,
    batch,
    erp_article,
    fresh_basket,
)
from factories.threads import at_once

from wiadukt.contract.customer import OverdueAction
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.forks.partner.models import LevelPrice, StockRecord
from wiadukt.shop.history.models import Change
from wiadukt.shop.ordering import approving
from wiadukt.shop.ordering.approval_mail import tell
from wiadukt.shop.ordering.approving import CannotDecide, look
from wiadukt.shop.ordering.place import Wishes, place
from wiadukt.shop.organisations.approval import asked_for
from wiadukt.shop.organisations.models import Role
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.sync.apply.products import apply_products
from wiadukt.shop.sync.reconcile.undelivered import undelivered_orders
from wiadukt.shop.terms.credit import credit_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


class World:
    """A company that asks for approval: Ewa of Poznań may order for 50 net, Adam approves there, Jan runs it all."""

    def __init__(self) -> None:
        self.company = a_company("Meble", approval=True)
        self.poznan, self.lodz = a_branch(self.company, "Poznań"), a_branch(self.company, "Łódź")
        self.ewa = a_member("ewa@m.example", self.poznan, order_limit=Decimal(50))
        self.adam = a_member("adam@m.example", self.poznan, role=Role.APPROVER, order_limit=Decimal(50))
        self.other = a_member("lodz@m.example", self.lodz, role=Role.APPROVER)
        self.jan = a_member("jan@m.example", self.company.default_branch, role=Role.MANAGER, order_limit=Decimal(50))
        self.hall = a_place(self.company, "Hala")
        self.hinge, self.front = a_product("ZAW-1", stock=10), a_product("FR-1", made_to_order=True)
        for product in (self.hinge, self.front):
            a_price(product, "10.00", "12.30")

    def orders(self, who, quantity: int = 6, branch=None):
        basket = a_basket(who.user, (self.hinge, quantity), (self.front, 1))
        return place(fresh_basket(basket), who, Wishes(branch or self.poznan, self.hall))

    def approve(self, order, who=None, seen: str = ""):
        by = (who or self.adam).user
        return approving.approve(order.pk, by, seen=seen or look(order, by).fingerprint)


@pytest.fixture
def world():
    return World()


def free() -> int:
    return StockRecord.objects.get(partner_sku="ZAW-1").net_stock_level


def told() -> list[str]:
    return list(OutboundMessage.objects.order_by("destination").values_list("destination", flat=True))


def test_a_waiting_order_is_told_to_nobody_and_keeps_no_goods(world):
    order = world.orders(world.ewa)

    assert order.approval == "waiting"
    assert (told(), free()) == ([], 10)


def test_the_comparison_and_wapros_stock_leave_a_waiting_order_alone(world):
    order = world.orders(world.ewa)
    Order.objects.filter(pk=order.pk).update(date_placed=timezone.now() - timedelta(days=3))

    assert undelivered_orders(repair=True) == []
    apply_products([erp_article("ZAW-1", available=8, stock=8)], [], batch("m", "ZAW-1"))

    assert (told(), free()) == ([], 8)


@pytest.mark.parametrize("decision", ["rejected", "withdrawn"])
def test_what_was_not_approved_is_never_told(world, decision):
    order = world.orders(world.ewa)
    if decision == "rejected":
        approving.reject(order.pk, world.adam.user, "Za drogo")
    else:
        approving.withdraw(order.pk, world.ewa.user)
    Order.objects.filter(pk=order.pk).update(date_placed=timezone.now() - timedelta(days=3))

    assert undelivered_orders(repair=True) == []
    with pytest.raises(CannotDecide):
        world.approve(order)

    order.refresh_from_db()
    assert (order.approval, told(), free()) == (decision, [], 10)


def test_the_credit_limit_is_used_by_an_order_from_its_approval_on(world, settings):
    settings.CREDIT_ACTION = OverdueAction.HOLD.value
    world.company.credit_limit = Decimal(100)
    world.company.save()
    StockRecord.objects.update(available=100, num_in_stock=100)
    first, second = world.orders(world.ewa), world.orders(world.ewa, quantity=5)  # 86.10 and 73.80 gross
    assert credit_of(world.company).used == 0, "neither is placed"

    world.approve(first)
    assert credit_of(world.company).used == Decimal("86.10")
    with pytest.raises(CannotDecide, match=r"limit kupiecki.*59,90"):
        world.approve(second)

    second.refresh_from_db()
    assert (second.approval, credit_of(world.company).left) == ("waiting", Decimal("13.90"))


def test_the_approval_tells_wapro_and_production_and_keeps_the_goods(world):
    order = world.approve(world.orders(world.ewa))

    assert (order.approval, told(), free()) == ("approved", ["production", "wapro"], 4)
    said = Change.objects.filter(kind="order", object_id=order.pk, field="approval").values_list("new", "author")
    assert set(said) == {("awaiting", "ewa@m.example"), ("approved", "adam@m.example")}


@pytest.mark.django_db(transaction=True)
def test_approved_by_many_at_once_it_is_one_order_and_the_goods_are_kept_once(world, monkeypatch):
    """Each dawdles between seeing that the order waits and deciding: whoever holds no lock by then is overtaken."""
    lock = approving.lock_stock
    monkeypatch.setattr(approving, "lock_stock", lambda ids: (time.sleep(0.3), lock(ids)))
    StockRecord.objects.update(available=100, num_in_stock=100)
    order = world.orders(world.ewa)
    seen = look(order, world.adam.user).fingerprint

    approve = [partial(world.approve, order, who, seen) for who in (world.adam, world.jan, world.adam, world.jan)]
    results = at_once(*approve, expected=CannotDecide)

    assert sorted(type(result).__name__ for result in results) == ["CannotDecide"] * 3 + ["Order"]
    assert (told(), free()) == (["production", "wapro"], 94)


def test_an_order_at_the_limit_goes_at_once_and_the_limit_is_net(world):
    assert world.orders(world.ewa, quantity=4).approval == ""  # 50.00 net, 61.50 gross


def test_without_the_rule_no_limit_counts_and_a_branch_may_have_its_own(world):
    StockRecord.objects.update(available=100, num_in_stock=100)
    world.company.approval = False
    world.company.save()
    assert world.orders(world.ewa).approval == ""

    world.poznan.approval = True
    world.poznan.save()
    world.poznan.refresh_from_db()
    assert world.orders(world.ewa, quantity=4, branch=world.poznan).approval == ""
    assert world.orders(world.ewa, quantity=5, branch=world.poznan).approval == "waiting"


def test_a_managers_order_never_waits(world):
    assert world.orders(world.jan).approval == ""


def test_an_approvers_own_order_waits_for_somebody_else(world):
    order = world.orders(world.adam)

    assert order.approval == "waiting"
    assert asked_for(order) == [world.jan]
    with pytest.raises(CannotDecide):
        world.approve(order, world.adam)
    assert world.approve(order, world.jan).approval == "approved"


@pytest.mark.parametrize("who", ["ewa", "other"])
def test_nobody_decides_but_approvers_of_the_branch_and_managers(world, who):
    order, by = world.orders(world.ewa), getattr(world, who).user
    seen = look(order, by).fingerprint

    for deed in (
        lambda: approving.approve(order.pk, by, seen=seen),
        lambda: approving.reject(order.pk, by, "Nie"),
        lambda: approving.edit(order.pk, by, {order.lines.first().pk: 1}, seen=seen),
    ):
        with pytest.raises(CannotDecide):
            deed()

    order.refresh_from_db()
    assert (order.approval, told(), order.lines.first().quantity) == ("waiting", [], 6)


def test_prices_that_changed_meanwhile_are_shown_and_not_taken_silently(world, logged_in):
    order = world.orders(world.ewa)
    seen = look(order, world.adam.user).fingerprint
    LevelPrice.objects.filter(product=world.hinge).update(net=Decimal("11.00"), gross=Decimal("13.53"))

    with pytest.raises(CannotDecide):
        world.approve(order, seen=seen)
    assert told() == []
    page = logged_in(world.adam.user).get(f"/approvals/{order.pk}/")
    assert page.context["seen"].has_other_prices
    order = world.approve(order)

    payload = OutboundMessage.objects.get(destination="wapro").payload
    assert Decimal(payload["lines"][0]["price_net"]) == order.lines.first().unit_price_excl_tax == Decimal("11.00")
    assert order.total_excl_tax == Decimal("76.00")
    assert Change.objects.filter(field="ZAW-1: unit_price_excl_tax", old="10", new="11").exists()


def test_what_is_sold_out_meanwhile_is_told_and_edited(world):
    order = world.orders(world.ewa)
    StockRecord.objects.filter(partner_sku="ZAW-1").update(available=2, num_in_stock=2)
    with pytest.raises(CannotDecide, match="ZAW-1"):
        world.approve(order)
    assert (told(), order.approval) == ([], "waiting")

    by, line = world.adam.user, order.lines.get(upc="ZAW-1")
    approving.edit(order.pk, by, {line.pk: 2}, seen=look(order, by).fingerprint)
    order.refresh_from_db()
    assert (order.total_excl_tax, order.total_incl_tax) == (Decimal("30.00"), Decimal("36.90"))
    world.approve(order)

    lines = OutboundMessage.objects.get(destination="wapro").payload["lines"]
    assert [(one["product_id"], Decimal(one["quantity"])) for one in lines] == [("ZAW-1", 2), ("FR-1", 1)]
    assert free() == 0


def test_a_line_is_taken_out_but_not_the_last(world):
    order, by = world.orders(world.ewa), world.adam.user
    hinge, front = order.lines.get(upc="ZAW-1"), order.lines.get(upc="FR-1")
    with pytest.raises(CannotDecide):
        approving.edit(order.pk, by, {hinge.pk: 0, front.pk: 0}, seen=look(order, by).fingerprint)

    approving.edit(order.pk, by, {front.pk: 0}, seen=look(order, by).fingerprint)
    world.approve(order)

    assert told() == ["wapro"], "nothing is left to be made"


def test_what_one_approver_edited_another_does_not_approve_unseen(world):
    order = world.orders(world.ewa)
    seen = look(order, world.jan.user).fingerprint
    approving.edit(order.pk, world.adam.user, {order.lines.get(upc="ZAW-1").pk: 9}, seen=seen)

    with pytest.raises(CannotDecide):
        world.approve(order, world.jan, seen)


def test_approvers_and_the_buyer_get_emails(world):
    order = world.orders(world.ewa)
    tell(order.pk, "waiting", "job 1")
    assert {(to, one.subject) for one in mail.outbox for to in one.to} == {
        ("adam@m.example", f"Zamówienie {order.number} czeka na Twoje zatwierdzenie"),
        ("ewa@m.example", f"Zamówienie {order.number} czeka na zatwierdzenie"),
    }
    assert f"/approvals/{order.pk}/" in mail.outbox[0].body

    mail.outbox.clear()
    approving.reject(order.pk, world.adam.user, "Za drogo o 100%")
    tell(order.pk, "rejected", "job 2")
    tell(order.pk, "waiting", "job 1")

    assert [one.to for one in mail.outbox] == [["ewa@m.example"]]
    assert "Za drogo o 100%" in mail.outbox[0].body


def test_where_no_approver_is_the_manager_is_asked(world):
    world.adam.is_active = False
    world.adam.save()

    assert asked_for(world.orders(world.ewa)) == [world.jan]


def test_the_waiting_order_has_its_place_on_every_screen(world, logged_in):
    order = world.orders(world.ewa)
    adam, ewa = logged_in(world.adam.user), logged_in(world.ewa.user)

    assert "<b>1</b>" in adam.get("/catalogue/").content.decode()
    assert order.number in adam.get("/approvals/").content.decode()
    own = ewa.get(f"/orders/{order.pk}/").content.decode()
    assert "Czeka na zatwierdzenie: adam" in own
    assert "w drodze do WAPRO" not in own
    assert order.number in ewa.get("/orders/", {"state": "awaiting"}).content.decode()
    assert order.number not in ewa.get("/orders/", {"state": "new"}).content.decode()
    assert order.number not in logged_in(world.other.user).get("/approvals/").content.decode()


def test_decisions_are_made_on_the_page(world, logged_in):
    first, second = world.orders(world.ewa), world.orders(world.ewa)
    adam = logged_in(world.adam.user)
    at = f"/approvals/{first.pk}/"

    adam.post(at, {"deed": "edit", "seen": look(first, world.adam.user).fingerprint, **_quantities(first, 3)})
    adam.post(at, {"deed": "approve", "seen": adam.get(at).context["seen"].fingerprint})
    refused = adam.post(f"/approvals/{second.pk}/", {"deed": "reject", "reason": ""})
    adam.post(f"/approvals/{second.pk}/", {"deed": "reject", "reason": "Poczekajmy"})

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.approval, first.lines.first().quantity) == ("approved", 3)
    assert list(refused.context["rejecting"].errors) == ["reason"]
    assert (second.approval, second.approval_reason) == ("rejected", "Poczekajmy")
    assert "Poczekajmy" in logged_in(world.ewa.user).get(f"/orders/{second.pk}/").content.decode()
    assert adam.get(at)["location"] == f"/orders/{first.pk}/", "the link of the e-mail still leads somewhere"


def _quantities(order, quantity: int) -> dict[str, int]:
    return {f"line_{line.pk}": quantity for line in order.lines.all()}


@pytest.mark.parametrize("who", ["stranger", "ewa", "other", "foreign manager"])
def test_a_person_without_the_right_decides_nothing_by_any_form(world, logged_in, who):
    order = world.orders(world.ewa)
    foreign = a_member("szef@inna.example", a_company("Inna").default_branch, role=Role.MANAGER)
    user = {"stranger": None, "foreign manager": foreign.user}.get(who) or getattr(world, who, world.ewa).user
    browser = logged_in(None if who == "stranger" else user)
    seen = look(order, world.adam.user).fingerprint

    for form in (
        {"deed": "approve", "seen": seen},
        {"deed": "reject", "reason": "Nie"},
        {"deed": "edit", "seen": seen, **_quantities(order, 1)},
    ):
        assert browser.post(f"/approvals/{order.pk}/", form).status_code in (302, 404)
    if who != "ewa":
        browser.post(f"/orders/{order.pk}/withdraw/")

    order.refresh_from_db()
    assert (order.approval, told(), order.lines.first().quantity) == ("waiting", [], 6)
