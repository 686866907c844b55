"""Ordering day by day: baskets put aside, one a branch, notes, an order once more, its confirmation, its end."""

from __future__ import annotations

import json

import pytest
from django.core import mail
from factories.shop import a_basket, a_branch, a_member, a_place, a_seller, an_order
from factories.shop import a_priced_product as goods

from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.history.models import Change
from wiadukt.shop.ordering import confirmation
from wiadukt.shop.ordering.place import Wishes, place
from wiadukt.shop.organisations.models import Branch, Member, Role
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.questions.models import Question
from wiadukt.shop.sellers.models import Assignment
from wiadukt.shop.sync import deliver

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def member(company, branch):
    return a_member("ewa@nowak.example", branch, a_branch(company, "Łódź"))


def content(browser):
    return {line.product.upc: line.quantity for line in browser.get("/basket/").context["lines"]}


def saved(browser):
    return {one.name: one.pk for one in browser.get("/basket/").context["saved"]}


def test_several_baskets_are_put_aside_and_taken_up_again(browser):
    hinge, rail = goods("ZAW-1"), goods("PRO-1")
    browser.post(f"/basket/add/{hinge.pk}/", {"quantity": 4})
    browser.post("/basket/save/", {"name": "Kuchnia"})
    assert content(browser) == {}
    browser.post(f"/basket/add/{rail.pk}/", {"quantity": 2})

    browser.post(f"/basket/saved/{saved(browser)['Kuchnia']}/open/")

    assert content(browser) == {"ZAW-1": 4}
    (other,) = saved(browser)
    assert other.startswith("Koszyk z "), "what was in the open one is not lost"
    browser.post(f"/basket/saved/{saved(browser)[other]}/open/")
    assert content(browser) == {"PRO-1": 2}
    browser.post(f"/basket/saved/{saved(browser)['Kuchnia']}/delete/")
    assert saved(browser) == {}


def test_a_great_quantity_and_a_great_key_stand_in_their_fields_as_the_form_sends_them(browser, company):
    hinge = goods("ZAW-1", stock=20_000)
    great = Branch.objects.create(pk=123_456, organisation=company, name="Gdynia")
    Member.objects.get(email="ewa@nowak.example").branches.add(great)
    browser.post(f"/basket/add/{hinge.pk}/", {"quantity": 12_345})

    page = browser.get("/basket/").content.decode()

    assert 'value="12345"' in page
    assert 'value="123456"' in page


def test_nobody_opens_or_deletes_anothers_saved_basket(browser, company, logged_in):
    browser.post(f"/basket/add/{goods('ZAW-1').pk}/", {"quantity": 4})
    browser.post("/basket/save/", {"name": "Kuchnia"})
    key = saved(browser)["Kuchnia"]
    colleague = logged_in(a_member("jan@nowak.example", company.default_branch, role=Role.MANAGER).user)

    for deed in ("open", "delete"):
        colleague.post(f"/basket/saved/{key}/{deed}/")

    assert content(colleague) == {}
    assert saved(browser) == {"Kuchnia": key}


def test_each_branch_has_its_own_basket_and_is_ordered_for(browser, member):
    poznan, lodz = member.branches.order_by("pk")
    browser.post("/basket/branch/", {"branch": poznan.pk})
    browser.post(f"/basket/add/{goods('ZAW-1').pk}/", {"quantity": 1})
    browser.post("/basket/branch/", {"branch": lodz.pk})
    browser.post(f"/basket/add/{goods('PRO-1').pk}/", {"quantity": 2})

    in_lodz, ordered_for = content(browser), browser.get("/basket/checkout/").context["form"]["branch"].value()
    browser.post("/basket/branch/", {"branch": poznan.pk})

    assert (in_lodz, content(browser)) == ({"PRO-1": 2}, {"ZAW-1": 1})
    assert getattr(ordered_for, "pk", ordered_for) == lodz.pk


def test_a_note_of_a_line_goes_to_wapro_with_it(browser, member, branch):
    browser.post(f"/basket/add/{goods('ZAW-1').pk}/", {"quantity": 1})
    (line,) = browser.get("/basket/").context["lines"]
    browser.post(f"/basket/line/{line.pk}/", {"quantity": 3, "note": "Proszę pakować osobno"})

    hall = a_place(member.organisation, "Hala")
    browser.post("/basket/checkout/", {"place": hall.pk, "branch": branch.pk})

    (told,) = OutboundMessage.objects.get(destination="wapro").payload["lines"]
    assert (told["quantity"], told["note"]) == ("3", "Proszę pakować osobno")
    assert "Proszę pakować osobno" in browser.get(f"/orders/{Order.objects.get().pk}/").content.decode()


def test_an_order_once_more_takes_what_can_be_had_and_says_what_can_not(browser, member, branch):
    hinge, gone = goods("ZAW-1"), goods("PRO-1")
    placed = place(a_basket(member.user, (hinge, 4), (gone, 1)), member, _wishes(member, branch))
    gone.in_shop = False
    gone.follow_publication()
    gone.save()

    answer = browser.post(f"/orders/{placed.pk}/again/", follow=True)

    assert content(browser) == {"ZAW-1": 4}
    assert "Towar PRO-1: nie jest już w sprzedaży" in answer.content.decode()


def _wishes(member, branch):
    return Wishes(branch=branch, place=a_place(member.organisation, "Hala"), customer_number="ZK/7", remarks="Rano")


@pytest.fixture
def placed(member, branch):
    front = goods("FR-1", made_to_order=True)
    order = place(a_basket(member.user, (front, 2)), member, _wishes(member, branch))
    OutboundMessage.objects.all().delete()
    return order


def test_the_confirmation_goes_by_e_mail_with_its_sheet_and_opens_on_the_page(placed, browser):
    confirmation.confirm(placed.pk, about="job 1")

    (sent,) = mail.outbox
    ((name, sheet, kind),) = sent.attachments
    page = browser.get(f"/orders/{placed.pk}/confirmation.pdf")
    assert (sent.to, name, kind) == (["ewa@nowak.example"], f"{placed.number}.pdf", "application/pdf")
    assert sheet[:4] == page.content[:4] == b"%PDF"
    assert "ZK/7" in sent.body


def test_what_waits_for_approval_has_no_confirmation_yet(placed, browser):
    Order.objects.filter(pk=placed.pk).update(approval="waiting")

    assert "Potwierdzenie (PDF)" not in browser.get(f"/orders/{placed.pk}/").content.decode()
    assert browser.get(f"/orders/{placed.pk}/confirmation.pdf").status_code == 404


def in_wapro(order, **fields):
    Order.objects.filter(pk=order.pk).update(**{"erp_id": "900", "erp_number": "ZO 1/26", **fields})
    OutboundMessage.objects.create(
        destination="production", kind="work_requested", key=order.number, order_key=f"production:{order.number}",
        payload={}, state="delivered",
    )  # fmt: skip


def answers(receiver, **reasons):
    """`production`, `wapro`: why not; left out: cancelled. In the order in which they are asked."""
    turns = iter([reasons.get("production"), reasons.get("wapro")])

    def answer(said):
        if "instead_of" in said:
            return 204, "text/plain", ""
        reason = next(turns)
        receipt = {"number": said["number"], "cancelled": reason is None, "reason": reason}
        return 200, "application/json", json.dumps(receipt)

    receiver.answer = answer


def test_production_is_asked_first_and_then_wapro(placed, browser, receiver, to):
    in_wapro(placed)
    answers(receiver)

    browser.post(f"/orders/{placed.pk}/cancel/")
    browser.post(f"/orders/{placed.pk}/cancel/")
    deliver.run(to, call_another=lambda: None)

    assert list(OutboundMessage.objects.exclude(payload={}).order_by("id").values_list("kind", "state")) == [
        ("work_cancelled", "delivered"),
        ("order_cancelled", "delivered"),
    ]
    placed.refresh_from_db()
    assert placed.cancellation == "done"
    assert browser.get(f"/orders/{placed.pk}/").content.decode().count("Poproszono o anulowanie") == 1
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("late", "why", "told"),
    [
        ({"production": "in_production"}, "produkcja już ruszyła", ["number"]),
        ({"wapro": "office"}, "biuro już się nim zajęło", ["number", "number", "instead_of"]),
    ],
)
def test_what_is_too_late_becomes_a_question_to_who_looks_after_the_branch(
    placed, browser, receiver, to, branch, late, why, told
):
    in_wapro(placed)
    answers(receiver, **late)
    Assignment.objects.create(organisation=branch.organisation, buyer_branch=branch, person=a_seller("kasia@x.example"))

    browser.post(f"/orders/{placed.pk}/cancel/")
    deliver.run(to, call_another=lambda: None)

    placed.refresh_from_db()
    question = Question.objects.get()
    assert placed.cancellation == "refused"
    assert (question.order_id, question.branch) == (placed.pk, branch)
    assert [next(reversed(said)) if "instead_of" in said else "number" for said in receiver.told] == told, (
        "what production let go is made after all"
    )
    assert why in question.posts.get().text
    assert "Za późno" in browser.get(f"/orders/{placed.pk}/").content.decode()


@pytest.mark.parametrize("fields", [{"erp_state": "shipped"}, {"production_state": "in_production"}, {"erp_id": None}])
def test_there_is_no_asking_when_the_shop_knows_better(placed, browser, fields):
    in_wapro(placed, **fields)

    browser.post(f"/orders/{placed.pk}/cancel/")

    assert not OutboundMessage.objects.exclude(payload={}).exists()
    assert not Change.objects.filter(field="cancellation").exists()


def test_a_colleague_does_not_cancel_and_a_manager_does(placed, member, branch, logged_in):
    in_wapro(placed)
    colleague = a_member("jan@nowak.example", branch)
    boss = a_member("boss@nowak.example", member.organisation.default_branch, role=Role.MANAGER)

    logged_in(colleague.user).post(f"/orders/{placed.pk}/cancel/")
    assert not OutboundMessage.objects.exclude(payload={}).exists()
    logged_in(boss.user).post(f"/orders/{placed.pk}/cancel/")

    assert OutboundMessage.objects.exclude(payload={}).get().kind == "work_cancelled"


def test_an_order_of_stock_goods_alone_asks_only_wapro(browser, member, branch):
    an_order(branch, "WD-9", user=member.user, erp_state="new")

    browser.post(f"/orders/{Order.objects.get().pk}/cancel/")

    assert OutboundMessage.objects.get().kind == "order_cancelled"
