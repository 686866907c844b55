"""A buyer changes an order: the changed one takes its place whole, or nothing changes and the seller is asked."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.core import mail
from factories.outbox import PROBLEM_MEDIA_TYPE
from factories.shop import (
    a_basket,
    a_branch,
    a_company,
    a_member,
    a_place,
    a_price,
    a_product,
    a_seller,
    batch,
    erp_order,
    erp_order_line,
)

from wiadukt.contract.problem import Problem
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.forks.partner.models import StockRecord
from wiadukt.shop.history.models import Change
from wiadukt.shop.ordering.models import OrderNotice
from wiadukt.shop.ordering.place import Wishes, place
from wiadukt.shop.organisations.models import Role
from wiadukt.shop.outbox import mend
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.questions.models import Question
from wiadukt.shop.sellers.models import Assignment
from wiadukt.shop.sync import deliver
from wiadukt.shop.sync.apply.orders import apply_orders
from wiadukt.shop.terms.credit import credit_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
TOO_LATE = Problem(
    title="Zajęło się nim biuro.", detail="Uzgodnij zmianę.", status=422, code="order_fixed", field="replaces"
)


class World:
    """Ewa of Poznań has ordered 6 hinges of 10 there are and one front that is made to order; WAPRO took it."""

    def __init__(self, **fields) -> None:
        self.company = a_company("Meble", erp_id="17", **fields)
        self.poznan = a_branch(self.company, "Poznań")
        self.ewa = a_member("ewa@m.example", self.poznan, order_limit=Decimal(500))
        self.adam = a_member("adam@m.example", self.poznan, role=Role.APPROVER)
        self.hall, self.yard = a_place(self.company, "Hala"), a_place(self.company, "Plac")
        self.hinge, self.front = a_product("ZAW-1", stock=10), a_product("FR-1", made_to_order=True)
        self.rail = a_product("PRO-1", stock=10)
        for product in (self.hinge, self.front, self.rail):
            a_price(product, "10.00", "12.30")
        self.kasia = a_seller("kasia@x.example")
        Assignment.objects.create(organisation=self.company, buyer_branch=self.poznan, person=self.kasia)
        self.order = self.placed((self.hinge, 6), (self.front, 1))

    def placed(self, *lines):
        order = place(a_basket(self.ewa.user, *lines), self.ewa, Wishes(branch=self.poznan, place=self.hall))
        OutboundMessage.objects.filter(key=order.number).update(state="delivered")
        Order.objects.filter(pk=order.pk).update(erp_id=f"9{order.pk}", erp_number="ZO 1/26")
        StockRecord.objects.filter(product=self.hinge).update(num_in_stock=4, available=4, num_allocated=0)
        order.refresh_from_db()
        return order

    def changed(self, browser, quantities=None, order=None, **said):
        """Other quantities by index, sent from the checkout; the changed order, or None when it was not taken."""
        order = order or self.order
        browser.post(f"/orders/{order.pk}/change/")
        for line in browser.get("/basket/").context["lines"]:
            if line.product.upc in (quantities or {}):
                browser.post(f"/basket/line/{line.pk}/", {"quantity": quantities[line.product.upc], "note": line.note})
        wishes = {"place": self.hall.pk, "branch": self.poznan.pk, **said}
        self.answer = browser.post("/basket/checkout/", wishes, follow=True)
        return order.changes.order_by("-pk").first()


@pytest.fixture
def world():
    return World()


@pytest.fixture
def browser(world, logged_in):
    return logged_in(world.ewa.user)


class Others:
    """WAPRO and production: `late` says who refuses."""

    def __init__(self, receiver, to) -> None:
        self.receiver, self.to, self.late = receiver, to, ""
        receiver.answer = self.answer

    def answer(self, said):
        if "lines" in said:
            if self.late == "wapro":
                return 422, PROBLEM_MEDIA_TYPE, TOO_LATE.model_dump_json()
            receipt = {"number": said["number"], "id": "777", "erp_number": "ZO 2/26", "created": True}
            return 201, "application/json", json.dumps(receipt)
        if "job_orders" in said:
            receipt = {"order_number": said["order_number"], "job_order_ids": ["x"], "created": True}
            return 201, "application/json", json.dumps(receipt)
        if "instead_of" in said:
            return 204, "text/plain", ""
        refused = self.late == "production"
        reason = "in_production" if refused else None
        return (
            200,
            "application/json",
            json.dumps({"number": said["number"], "cancelled": not refused, "reason": reason}),
        )

    def hear(self):
        deliver.run(self.to, call_another=lambda: None)

    def heard(self):
        """What they were told, in turn, each by the word that marks it."""
        marks = ("lines", "job_orders", "instead_of", "in_favour_of")
        return [next(mark for mark in marks if mark in said) for said in self.receiver.told]


@pytest.fixture
def others(receiver, to):
    return Others(receiver, to)


def test_the_changed_order_takes_the_place_of_the_first_one(world, browser, others):
    changed = world.changed(browser, {"ZAW-1": 9}, place=world.yard.pk, customer_number="ZK/8")
    assert (changed.number, changed.approval) == (f"{world.order.number}.2", "changing")
    others.hear()

    changed.refresh_from_db()
    assert (changed.approval, changed.erp_number, changed.is_placed) == ("", "ZO 2/26", True)
    assert world.order.replaced_by == changed
    assert others.heard() == ["in_favour_of", "lines", "job_orders"]
    told = others.receiver.told[1]
    assert (told["number"], told["replaces"]) == (changed.number, world.order.number)
    assert [(line["product_id"], line["quantity"]) for line in told["lines"]] == [("ZAW-1", "9"), ("FR-1", "1")]
    assert others.receiver.told[2]["order_number"] == changed.number


def test_both_pages_say_who_changed_what(world, browser, others):
    changed = world.changed(browser, {"ZAW-1": 9}, place=world.yard.pk, customer_number="ZK/8")
    others.hear()

    first = browser.get(f"/orders/{world.order.pk}/").content.decode()
    page = browser.get(f"/orders/{changed.pk}/").content.decode()
    assert changed.number in first
    assert "ewa@m.example" in first
    for words in ("ilość Towar ZAW-1: 6 → 9", "miejsce dostawy: Hala → Plac", "– → ZK/8"):
        assert words in page, words
    who = Change.objects.filter(object_id=changed.pk, field="ZAW-1: quantity").get()
    assert (who.old, who.new, who.author) == ("6", "9", "ewa@m.example")


def test_its_own_goods_count_as_free_and_no_more_than_them(world, browser, others):
    """4 are left in stock and 6 are in the order: 10 can be had, 11 not."""
    assert world.changed(browser, {"ZAW-1": 11}) is None
    assert "Nic jeszcze nie zmieniono" in world.answer.content.decode(), "the line keeps its 6"

    changed = world.changed(browser, {"ZAW-1": 10})

    assert [line.quantity for line in changed.lines.order_by("line_no")] == [10, 1]


def test_a_change_that_changes_nothing_is_not_sent(world, browser):
    assert world.changed(browser) is None
    assert "Nic jeszcze nie zmieniono" in world.answer.content.decode()
    assert not OutboundMessage.objects.filter(kind="work_cancelled").exists()


@pytest.mark.parametrize(
    ("late", "heard", "why"),
    [
        ("production", ["in_favour_of", "instead_of"], "produkcja już ruszyła"),
        ("wapro", ["in_favour_of", "lines", "instead_of"], "Zajęło się nim biuro."),
    ],
)
def test_what_can_not_be_changed_stays_and_the_seller_is_asked(world, browser, others, late, heard, why):
    others.late = late
    changed = world.changed(browser, {"ZAW-1": 3})
    others.hear()

    changed.refresh_from_db()
    world.order.refresh_from_db()
    assert (changed.approval, changed.erp_id, world.order.replaced_by) == ("asked", None, None)
    assert others.heard() == heard, "what production let go is made after all"
    question = Question.objects.get()
    text = question.posts.get().text
    assert question.order == changed
    assert "ilość Towar ZAW-1: 6 → 3" in text
    assert why in text
    assert not OutboundMessage.objects.filter(state="rejected").exists(), "nobody has to mend anything"
    assert not OutboundMessage.objects.filter(key=changed.number, kind="work_requested").exists()


def test_a_refused_change_is_never_said_again(world, browser, others):
    others.late = "wapro"
    changed = world.changed(browser, {"ZAW-1": 3})
    others.hear()
    message = OutboundMessage.objects.get(key=changed.number)

    mend.replay_portion([message.pk], "admin@x.example")

    message.refresh_from_db()
    assert message.state == "discarded"


def test_the_seller_agrees_or_declines_once_and_the_buyer_is_told(world, browser, others, logged_in):
    others.late = "wapro"
    changed = world.changed(browser, {"ZAW-1": 3})
    others.hear()
    office = logged_in(world.kasia.user)
    page = office.get(f"/dashboard/all-orders/{changed.pk}/").content.decode()
    assert "ilość Towar ZAW-1: 6 → 3" in page

    office.post(f"/dashboard/all-orders/{changed.pk}/change/", {"decision": "declined", "words": ""})
    changed.refresh_from_db()
    assert changed.approval == "asked", "who declines says why"
    office.post(f"/dashboard/all-orders/{changed.pk}/change/", {"decision": "declined", "words": "Już spakowane."})
    office.post(f"/dashboard/all-orders/{changed.pk}/change/", {"decision": "agreed"})

    changed.refresh_from_db()
    assert (changed.approval, changed.approval_reason) == ("declined", "Już spakowane.")
    assert [post.text for post in Question.objects.get().posts.filter(by_seller=True)] == ["Już spakowane."]
    seen = browser.get(f"/orders/{changed.pk}/").content.decode()
    assert "Już spakowane." in seen
    assert "odmawia zmiany" in seen
    assert browser.get(f"/orders/{world.order.pk}/").context["may_change"], "and may try again"


def test_another_seller_decides_nothing(world, browser, others, logged_in):
    others.late = "wapro"
    changed = world.changed(browser, {"ZAW-1": 3})
    others.hear()

    answer = logged_in(a_seller("inny@x.example").user).post(
        f"/dashboard/all-orders/{changed.pk}/change/", {"decision": "agreed"}
    )

    changed.refresh_from_db()
    assert (answer.status_code, changed.approval) == (404, "asked")


def test_when_the_shop_knows_that_it_is_too_late_the_seller_is_asked_at_once(world, browser, others):
    Order.objects.filter(pk=world.order.pk).update(erp_state="packed")

    changed = world.changed(browser, {"ZAW-1": 3})
    others.hear()

    assert changed.approval == "asked"
    assert others.heard() == []
    assert Question.objects.get().order == changed


@pytest.mark.parametrize(
    "fields", [{"erp_state": "shipped"}, {"erp_id": None}, {"cancellation": "asked"}, {"is_gone": True}]
)
def test_there_is_no_changing_what_is_over_or_not_there_yet(world, browser, fields):
    Order.objects.filter(pk=world.order.pk).update(**fields)

    assert world.changed(browser, {"ZAW-1": 3}) is None
    assert not browser.get(f"/orders/{world.order.pk}/").context["may_change"]


def test_one_change_at_a_time_and_no_cancelling_meanwhile(world, browser, others):
    world.changed(browser, {"ZAW-1": 3})
    browser.post(f"/orders/{world.order.pk}/cancel/")

    assert world.changed(browser, {"ZAW-1": 2}).number.endswith(".2")
    assert world.order.changes.count() == 1
    world.order.refresh_from_db()
    assert world.order.cancellation == ""


def test_what_the_seller_changed_meanwhile_is_not_written_over(world, browser):
    browser.post(f"/orders/{world.order.pk}/change/")
    hinges, front = (
        erp_order_line(str(n), upc, ordered=Decimal(of)) for n, (upc, of) in enumerate((("ZAW-1", 5), ("FR-1", 1)), 1)
    )
    apply_orders(
        [erp_order(world.order.erp_id, "17", shop_number=world.order.number, lines=(hinges, front))],
        [],
        batch("e", "1"),
    )

    assert world.changed(browser, {"ZAW-1": 9}) is None
    assert "Sprzedawca zmienił to zamówienie" in world.answer.content.decode()


def test_over_his_limit_the_change_waits_and_then_goes_its_way(others, logged_in):
    world = World(approval=True)
    world.ewa.order_limit = Decimal(80)
    world.ewa.save()
    changed = world.changed(logged_in(world.ewa.user), {"ZAW-1": 9})
    others.hear()
    assert (changed.approval, others.heard()) == ("waiting", [])

    page = logged_in(world.adam.user).get(f"/approvals/{changed.pk}/")
    seen = page.context["seen"].fingerprint
    assert "ilość Towar ZAW-1: 6 → 9" in page.content.decode()
    logged_in(world.adam.user).post(f"/approvals/{changed.pk}/", {"deed": "approve", "seen": seen})
    changed.refresh_from_db()
    assert changed.approval == "changing"
    others.hear()

    changed.refresh_from_db()
    assert (changed.approval, changed.decided_by) == ("approved", "adam@m.example")
    assert world.order.replaced_by == changed


def test_who_approved_the_first_need_not_approve_one_that_is_worth_less(others, logged_in):
    world = World(approval=True)
    Order.objects.filter(pk=world.order.pk).update(approval="approved")
    world.ewa.order_limit = Decimal(30)
    world.ewa.save()

    assert world.changed(logged_in(world.ewa.user), {"ZAW-1": 5}).approval == "changing"


def test_credit_is_asked_only_for_what_comes_on_top(others, logged_in, settings):
    """The first order is worth 86.10 gross and the limit 100: 12.30 more go, 24.60 more do not."""
    settings.CREDIT_ACTION = "hold"
    world = World(credit_limit=Decimal(100))
    browser = logged_in(world.ewa.user)

    refused = world.changed(browser, {"ZAW-1": 8})
    assert refused is None
    assert "limit" in world.answer.content.decode()
    changed = world.changed(browser, {"ZAW-1": 7})
    others.hear()

    assert changed is not None
    ordered = credit_of(world.company).ordered.amount
    assert ordered == Decimal("98.40") + world.order.total_incl_tax, "WAPRO has yet to say it"


def test_the_buyer_hears_of_no_cancellation_but_of_the_changed_order(world, browser, others):
    changed = world.changed(browser, {"ZAW-1": 9})
    cancelled = erp_order(world.order.erp_id, "17", shop_number=world.order.number, state="cancelled", lines=())
    apply_orders([cancelled], [], batch("e", "1"))
    others.hear()

    assert not OrderNotice.objects.filter(order=world.order, news="state").exists()
    assert OrderNotice.objects.filter(order=changed, news="accepted").exists()
    assert mail.outbox == []


def test_a_person_who_drops_the_message_gives_the_change_up(world, browser, logged_in):
    from factories.shop import a_user

    changed = world.changed(browser, {"ZAW-1": 9})
    message = OutboundMessage.objects.get(kind="work_cancelled")
    root = logged_in(a_user("root@x.example", is_staff=True, is_superuser=True))

    root.post(f"/dashboard/sync/messages/{message.pk}/discard/", {"reason": "Pomyłka"})

    changed.refresh_from_db()
    assert changed.approval == "asked"
    assert OutboundMessage.objects.filter(kind="work_reinstated").exists()


def test_a_change_may_be_left(world, browser):
    browser.post(f"/orders/{world.order.pk}/change/")
    assert {line.product.upc: line.quantity for line in browser.get("/basket/").context["lines"]} == {
        "ZAW-1": 6,
        "FR-1": 1,
    }

    browser.post("/basket/leave-change/")

    assert list(browser.get("/basket/").context["lines"]) == []
    assert not world.order.changes.exists()


def test_a_colleague_does_not_change_it_and_an_approver_does(world, logged_in):
    colleague = logged_in(a_member("jan@m.example", world.poznan).user)
    assert world.changed(colleague, {"ZAW-1": 3}) is None

    assert world.changed(logged_in(world.adam.user), {"ZAW-1": 3}).user == world.adam.user


def test_a_change_of_a_change_counts_on(world, browser, others):
    world.changed(browser, {"ZAW-1": 9})
    others.hear()
    second = world.order.replaced_by
    third = world.changed(browser, {"ZAW-1": 8}, order=second)

    assert third.number == f"{world.order.number}.3"
    assert third.replaces == second
