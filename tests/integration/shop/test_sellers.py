"""The seller's people: each sees his buyers, handing over is one step that is recorded, questions find an answer."""

from __future__ import annotations

import re

import pytest
from factories import shop as make
from procrastinate.contrib.django.models import ProcrastinateJob

from wiadukt.contract.customer import Salesman, TradeTerms
from wiadukt.shop.accounts.models import User
from wiadukt.shop.history.models import Change
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.outbox.models import MessageState, OutboundMessage
from wiadukt.shop.questions.models import Question
from wiadukt.shop.sellers import access
from wiadukt.shop.sellers.assign import Who, assign, hand_over
from wiadukt.shop.sellers.models import Assignment, Seller, SellerBranch, SellerRole
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync.apply.customers import apply_customers
from wiadukt.shop.sync.models import Drift, InboxObject
from wiadukt.shop.sync.reconcile import run as reconciliation

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
BOSS = "szef@sklep.example"


def names(found) -> set[str]:
    return {str(one) for one in found}


def comes(salesman_id: str, erp_id: str = "17") -> Organisation:
    """WAPRO's card of the buyer, with this salesman."""
    salesman = Salesman(id=salesman_id, name=f"Handlowiec {salesman_id}") if salesman_id else None
    apply_customers([make.erp_customer(erp_id, terms=TradeTerms(salesman=salesman))], [], make.batch("m-1", erp_id))
    return Organisation.objects.get(erp_id=erp_id)


# Who sees whom.


def test_the_salesman_of_wapro_sees_his_buyers_and_follows_when_wapro_names_another():
    kasia = make.a_seller("kasia@sklep.example", erp_employee_id="1")
    michal = make.a_seller("michal@sklep.example", erp_employee_id="2")
    buyer = comes("1")
    assert names(access.organisations_of(kasia.user)) == {str(buyer)}
    assert not access.organisations_of(michal.user)

    comes("2")

    assert not access.organisations_of(kasia.user)
    assert names(access.organisations_of(michal.user)) == {str(buyer)}


def test_a_branch_of_the_seller_looks_after_a_buyer_together():
    team, buyer = SellerBranch.objects.create(name="Wrocław"), make.a_company("Stolmar")
    inside, outside = make.a_seller("w@sklep.example", branch=team), make.a_seller("x@sklep.example")

    assign(buyer, Who(team=team), BOSS, leads=False)

    assert names(access.organisations_of(inside.user)) == {"Stolmar"}
    assert not access.organisations_of(outside.user)


def test_a_person_without_a_branch_gets_nobodys_buyers():
    assign(make.a_company("Stolmar"), Who(team=SellerBranch.objects.create(name="Wrocław")), BOSS, leads=False)
    assign(make.a_company("Nowak"), Who(person=make.a_seller("x@sklep.example")), BOSS, leads=False)

    assert not access.organisations_of(make.a_seller("y@sklep.example").user)


def test_whoever_is_assigned_to_a_branch_sees_that_branch_alone(logged_in):
    buyer = make.a_company("Nowak")
    poznan, lodz = make.a_branch(buyer, "Poznań"), make.a_branch(buyer, "Łódź")
    seller = make.a_seller("kasia@sklep.example")
    first, second = make.an_order(poznan, "WD-1"), make.an_order(lodz, "WD-2")
    for number, *orders in (("FS-1", first), ("FS-2", second), ("FS-12", first, second), ("FS-0",)):
        make.an_invoice(buyer, number, *orders)
    for name, *branches in (("Hala P", poznan), ("Hala L", lodz), ("Wspólne",)):
        make.a_place(buyer, name, *branches)
    make.a_member("p@x.example", poznan), make.a_member("l@x.example", lodz)

    assign(buyer, Who(person=seller), BOSS, part=poznan, leads=False)

    assert {order.number for order in access.orders_of(seller.user)} == {"WD-1"}
    assert names(access.invoices_of(seller.user)) == {"FS-1", "FS-12"}
    assert names(access.places_of(seller.user)) == {"Hala P", "Wspólne"}
    assert {member.email for member in access.members_of(seller.user)} == {"p@x.example"}
    assert not access.sees_whole(seller.user, buyer)
    assert logged_in(seller.user).get(f"/history/organisation/{buyer.pk}/").status_code == 404


def test_traffic_and_drift_are_shown_of_ones_own_buyers_only():
    mine, theirs = make.a_company("Nowak", salesman_erp_id="1"), make.a_company("Stolmar")
    seller = make.a_seller("kasia@sklep.example", erp_employee_id="1")
    run = reconciliation.start()
    for buyer, number in ((mine, "WD-1"), (theirs, "WD-2")):
        order = make.an_order(buyer.default_branch, number)
        OutboundMessage.objects.create(
            destination="wapro", kind="order_placed", key=number, order_key=number, payload={},
            state=MessageState.REJECTED,
        )  # fmt: skip
        OutboundMessage.objects.create(
            destination="wapro", kind="x", key=f"k{number}", order_key="k", payload={"customer_id": buyer.erp_id}
        )
        for kind, object_id in (("customer", buyer.erp_id), ("order", order.erp_id), ("product", f"P{number}")):
            inbox.ask({(kind, object_id): "e-1"})
            Drift.objects.create(run=run, kind=kind, object_id=object_id, problem="missing")

    assert {message.key for message in access.messages_of(seller.user)} == {"WD-1", "kWD-1"}
    expected = {mine.erp_id, "zWD-1"}
    assert {row.object_id for row in access.announced_of(seller.user)} == expected
    assert {row.object_id for row in access.announced_of(seller.user, "Drift")} == expected
    assert InboxObject.objects.count() == 6


@pytest.mark.parametrize("how", ["switched off", "no staff", "role none"])
def test_who_works_here_no_more_sees_nobody(how):
    seller = make.a_seller("kasia@sklep.example", erp_employee_id="1")
    buyer = make.a_company("Nowak", salesman_erp_id="1")
    assign(buyer, Who(person=seller), BOSS, leads=False)
    if how == "role none":
        Seller.objects.update(role=SellerRole.NONE)
    else:
        User.objects.update(is_active=how != "switched off", is_staff=how != "no staff")

    user = User.objects.get(pk=seller.user_id)

    assert not access.organisations_of(user)
    assert not access.orders_of(user)
    assert not access.invoices_of(user)


# Reassigning.


def test_all_buyers_of_one_who_leaves_are_handed_over_in_one_step_and_it_is_recorded(logged_in):
    leaver = make.a_seller("kasia@sklep.example", erp_employee_id="1")
    successor = make.a_seller("michal@sklep.example")
    nowak, stolmar = make.a_company("Nowak", salesman_erp_id="1"), make.a_company("Stolmar")
    part = make.a_branch(stolmar, "Łódź")
    assign(stolmar, Who(person=leaver), BOSS, part=part, leads=False)
    kept = make.a_company("Zostaje", salesman_erp_id="1")
    browser = logged_in(make.a_supervisor(BOSS))

    page = f"/dashboard/sellers/{leaver.user_id}/"
    browser.post(f"{page}hand-over/", {"buyers": [nowak.pk, stolmar.pk], "successor": successor.pk})

    assert names(access.organisations_of(successor.user)) == {"Nowak", "Stolmar"}
    assert names(access.organisations_of(leaver.user)) == {"Zostaje"}
    assert access.sees_whole(successor.user, nowak)
    assert names(access.branches_of(successor.user).filter(organisation=stolmar)) == {"Łódź"}
    told = Change.objects.filter(kind="organisation", field="assigned", old=str(leaver), new=str(successor))
    assert {change.object_id for change in told} == {nowak.pk, stolmar.pk}
    assert {change.author for change in told} == {BOSS}
    assert kept.name in browser.get(page).content.decode()


def test_nobody_hands_over_the_buyers_of_another_person(logged_in):
    leaver, successor = make.a_seller("kasia@sklep.example"), make.a_seller("michal@sklep.example")
    others = make.a_company("Nowak")
    assign(others, Who(person=make.a_seller("ola@sklep.example")), BOSS, leads=False)

    assert hand_over(leaver, [others], successor, BOSS) == 0
    assert not access.organisations_of(successor.user)


def test_who_leads_is_there_instead_of_the_salesman_until_wapro_names_another():
    salesman = make.a_seller("kasia@sklep.example", erp_employee_id="1")
    third = make.a_seller("ola@sklep.example", erp_employee_id="3")
    leader, buyer = make.a_seller("michal@sklep.example"), comes("1")

    assign(buyer, Who(person=leader), BOSS, leads=True)
    assert not access.organisations_of(salesman.user)
    assert access.organisations_of(leader.user)

    comes("3")

    assert access.organisations_of(third.user)
    assert access.organisations_of(leader.user)
    assert Change.objects.filter(field="leads", old=str(leader), new="", message_id="m-1").exists()


def test_one_leads_at_a_time():
    buyer = make.a_company("Nowak", salesman_erp_id="1")
    first, second = make.a_seller("a@sklep.example"), make.a_seller("b@sklep.example")
    assign(buyer, Who(person=first), BOSS, leads=True)

    assign(buyer, Who(person=second), BOSS, leads=True)

    assert [str(row) for row in Assignment.objects.all()] == [str(second)]


def test_many_buyers_get_a_person_at_once(logged_in):
    buyers = [make.a_company(name) for name in ("Nowak", "Stolmar", "Bukowiec")]
    seller = make.a_seller("kasia@sklep.example")
    browser = logged_in(make.a_supervisor(BOSS))

    browser.post("/dashboard/buyers/assign/", {"buyers": [b.pk for b in buyers[:2]], "who": f"p{seller.pk}"})

    assert names(access.organisations_of(seller.user)) == {"Nowak", "Stolmar"}
    assert Change.objects.filter(field="assigned", new=str(seller), author=BOSS).count() == 2


def test_a_branch_of_ours_can_not_replace_the_salesman_and_the_form_says_why(logged_in):
    team, buyer = SellerBranch.objects.create(name="Wrocław"), make.a_company("Nowak")
    browser = logged_in(make.a_supervisor(BOSS))

    answer = browser.post(f"/dashboard/buyers/{buyer.pk}/assign/", {"who": f"t{team.pk}", "leads": "on"})

    assert answer.status_code == 422
    assert "Handlowca może zastąpić tylko osoba" in answer.content.decode()
    assert not Assignment.objects.exists()


# Finding buyers.


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("now", {"Meble Nowak"}),
        ("779-100", {"Stolmar"}),
        ("kępno", {"Stolmar"}),
        ("anna@x", {"Meble Nowak"}),
        ("zielińska", {"Meble Nowak"}),
        ("kasia", {"Stolmar"}),
        ("meble poznań", {"Meble Nowak"}),
        ("nowak kępno", set()),
    ],
)
def test_a_buyer_is_found_by_name_nip_city_email_and_salesman(logged_in, query, found):
    nowak = make.a_company("Meble Nowak", city="Poznań", salesman_name="Katarzyna Zielińska")
    make.a_member("anna@x.example", nowak.default_branch)
    stolmar = make.a_company("Stolmar", city="Kępno", tax_id="7791001234")
    assign(stolmar, Who(person=make.a_seller("kasia@sklep.example")), BOSS, leads=False)

    page = logged_in(make.a_supervisor(BOSS)).get("/dashboard/buyers/", {"q": query}).context["page"]

    assert names(page) == found


def test_the_views_show_mine_those_without_anybody_closed_ones_and_those_in_trouble(logged_in):
    boss = make.a_seller(BOSS, role=SellerRole.SUPERVISOR, erp_employee_id="1")
    make.a_company("Mój", salesman_erp_id="1")
    make.a_company("Niczyj", salesman_erp_id="99")
    make.a_company("Zamknięty", salesman_erp_id="1", is_open=False)
    troubled = make.a_company("Kłopot", salesman_erp_id="1")
    make.an_order(troubled.default_branch, "WD-1")
    OutboundMessage.objects.create(
        destination="wapro", kind="order_placed", key="WD-1", order_key="x", payload={}, state=MessageState.REJECTED
    )
    browser = logged_in(boss.user)

    shown = {
        view: names(browser.get("/dashboard/buyers/", {"show": view}).context["page"])
        for view in ("mine", "nobody", "closed", "trouble")
    }

    assert shown == {
        "mine": {"Mój", "Zamknięty", "Kłopot"}, "nobody": {"Niczyj"}, "closed": {"Zamknięty"}, "trouble": {"Kłopot"},
    }  # fmt: skip


# Logins of the seller's people.


def test_an_administrator_adds_a_person_who_gets_a_link_and_sees_the_buyers_of_wapros_employee(logged_in):
    make.a_company("Nowak", salesman_erp_id="1", salesman_name="Katarzyna Zielińska")
    browser = logged_in(make.a_user("root@sklep.example", is_staff=True, is_superuser=True))

    form = {"email": "Kasia@Sklep.example", "first_name": "Katarzyna", "last_name": "Zielińska", "goods": "on"}
    browser.post("/dashboard/sellers/add/", form | {"role": "salesperson", "erp_employee_id": "1"})

    user = User.objects.get(email="kasia@sklep.example")
    assert names(access.organisations_of(user)) == {"Nowak"}
    assert user.has_perm("catalogue.change_product")
    assert not user.has_usable_password()
    assert ProcrastinateJob.objects.filter(task_name="wiadukt.invite_seller", args__user_id=user.pk).count() == 1


def test_an_employee_of_wapro_is_one_person_and_a_namesake_is_only_proposed(logged_in):
    make.a_company("Nowak", salesman_erp_id="1", salesman_name="Katarzyna Zielińska")
    make.a_seller("pierwsza@sklep.example", erp_employee_id="1")
    make.a_company("Stolmar", salesman_erp_id="2", salesman_name="Ola Lis")
    ola = make.a_user("ola@sklep.example", is_staff=True, first_name="Ola", last_name="Lis")
    browser = logged_in(make.a_user("root@sklep.example", is_staff=True, is_superuser=True))
    page = f"/dashboard/sellers/{ola.pk}/"

    shown = browser.get(page).content.decode()
    answer = browser.post(f"{page}save/", {"role": "salesperson", "erp_employee_id": "1"})

    assert "Ola Lis (2)" in shown
    assert not access.organisations_of(ola)
    assert answer.status_code == 422
    assert not Seller.objects.filter(user=ola).exists()


def test_a_person_is_switched_off_and_nobody_switches_himself_off(logged_in):
    root = make.a_user("root@sklep.example", is_staff=True, is_superuser=True)
    kasia = make.a_seller("kasia@sklep.example").user
    browser, hers = logged_in(root), logged_in(kasia)
    assert hers.get("/dashboard/").status_code == 200

    for user in (kasia, root):
        browser.post(f"/dashboard/sellers/{user.pk}/switch-off/")

    assert hers.get("/dashboard/").status_code == 302
    assert browser.get("/dashboard/").status_code == 200
    assert Change.objects.get(kind="seller", object_id=kasia.pk).author == root.email


# Questions.


@pytest.fixture
def nowak():
    return make.a_company("Meble Nowak")


def mails() -> set[str]:
    jobs = ProcrastinateJob.objects.filter(task_name="wiadukt.question_mail")
    listeners = User.objects.filter(pk__in=[job.args["user_id"] for job in jobs])
    return set(listeners.values_list("email", flat=True))


def test_a_question_goes_to_whoever_looks_after_the_branch_and_the_answer_to_who_asked(nowak, logged_in):
    poznan, lodz = make.a_branch(nowak, "Poznań"), make.a_branch(nowak, "Łódź")
    asker, order = make.a_member("anna@x.example", poznan), make.an_order(poznan, "WD-1")
    mine, others = make.a_seller("kasia@sklep.example"), make.a_seller("michal@sklep.example")
    assign(nowak, Who(person=mine), BOSS, part=poznan, leads=False)
    assign(nowak, Who(person=others), BOSS, part=lodz, leads=False)
    buyer, seller = logged_in(asker.user), logged_in(mine.user)

    buyer.post(f"/questions/ask/?order={order.pk}", {"subject": "Termin", "text": "Kiedy dostawa?"})
    assert mails() == {"kasia@sklep.example"}
    question = Question.objects.get()
    assert question.order == order
    assert re.search(r'class="count">1<', seller.get("/dashboard/").content.decode())
    assert question.subject in seller.get("/dashboard/questions/").content.decode()
    assert logged_in(others.user).get(f"/dashboard/questions/{question.pk}/").status_code == 404

    seller.post(f"/dashboard/questions/{question.pk}/", {"text": "W piątek."})

    assert mails() == {"kasia@sklep.example", "anna@x.example"}
    assert "W piątek." in buyer.get(f"/questions/{question.pk}/").content.decode()
    assert 'class="count"' not in seller.get("/dashboard/").content.decode()


def test_colleagues_of_the_branch_see_the_question_and_nobody_else(nowak, logged_in):
    poznan, lodz = make.a_branch(nowak, "Poznań"), make.a_branch(nowak, "Łódź")
    question = make.a_question(make.a_member("anna@x.example", poznan), poznan, "Termin")
    colleague, stranger = make.a_member("b@x.example", poznan), make.a_member("c@x.example", lodz)

    assert logged_in(colleague.user).get(f"/questions/{question.pk}/").status_code == 200
    assert logged_in(stranger.user).get(f"/questions/{question.pk}/").status_code == 404
    assert logged_in(stranger.user).post(f"/questions/{question.pk}/", {"text": "X"}).status_code == 404


def test_nobody_asks_about_what_he_does_not_see(nowak, logged_in):
    poznan, lodz = make.a_branch(nowak, "Poznań"), make.a_branch(nowak, "Łódź")
    hidden = make.an_order(lodz, "WD-2")
    browser = logged_in(make.a_member("anna@x.example", poznan).user)

    answer = browser.post(f"/questions/ask/?order={hidden.pk}", {"subject": "X", "text": "X"})

    assert answer.status_code == 404
    assert not Question.objects.exists()


def test_a_question_of_a_buyer_without_anybody_reaches_supervisors(nowak):
    make.a_supervisor(BOSS)
    make.a_seller("kasia@sklep.example")

    make.a_question(make.a_member("anna@x.example", nowak.default_branch), nowak.default_branch, "Halo")

    assert mails() == {BOSS}


def test_a_closed_question_is_open_again_when_the_buyer_says_more(nowak, logged_in):
    member = make.a_member("anna@x.example", nowak.default_branch)
    question = make.a_question(member, nowak.default_branch, "Termin")
    logged_in(make.a_supervisor(BOSS)).post(f"/dashboard/questions/{question.pk}/close/")
    assert Question.objects.get().state == "closed"

    logged_in(member.user).post(f"/questions/{question.pk}/", {"text": "Jeszcze jedno."})

    assert Question.objects.get().state == "open"
