"""Staff sees who owes what, keeps notes, and may hold or release a buyer's orders."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from factories import shop as make
from openpyxl import load_workbook

from wiadukt.shop.history.models import Change
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.sellers.models import Assignment
from wiadukt.shop.terms.standing import holds_of, objections_to

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def world(logged_in):
    """Nowak owes 100 for long, Stolmar 50 that is not due; a supervisor looks at both."""
    today = timezone.localdate()
    nowak = make.a_company("Meble Nowak", salesman_name="Katarzyna", overdue_days=5, overdue_action="hold")
    stolmar = make.a_company("Stolmar", salesman_name="Michał")
    make.an_invoice(nowak, "FS-1", due_on=today - timedelta(days=45))
    make.an_invoice(stolmar, "FS-2", due_on=today + timedelta(days=10), remaining=50)
    return logged_in(make.a_supervisor("szef@x.example")), nowak, stolmar


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("buyer", ["Meble Nowak", "Stolmar"]),
        ("branch", ["Meble Nowak · Centrala", "Stolmar · Centrala"]),
        ("salesman", ["Katarzyna", "Michał"]),
    ],
)
def test_receivables_stand_by_buyer_branch_and_salesman_the_latest_first(world, by, names):
    browser, _nowak, _stolmar = world

    lines = list(browser.get(f"/dashboard/receivables/?by={by}").context["page"])

    assert [line.name for line in lines] == names
    assert [line.debt.ages for line in lines] == [(0, 100, 0, 0), (0, 0, 0, 0)]
    assert [line.debt.total for line in lines] == [100, 50]


def test_receivables_are_a_file_too(world):
    browser, _nowak, _stolmar = world

    book = load_workbook(io.BytesIO(browser.get("/dashboard/receivables/?fmt=xlsx").content))

    assert [row[-1] for row in book.active.iter_rows(values_only=True)][1:] == [100, 50]


def test_receivables_narrow_by_name_and_by_age(world):
    browser, _nowak, _stolmar = world

    def found(query):
        answer = browser.get(f"/dashboard/receivables/?{query}")
        return [line.name for line in answer.context["page"]]

    assert found("q=NOWAK") == ["Meble Nowak"]
    assert found("age=31") == ["Meble Nowak"]
    assert found("age=61") == []
    assert found("age=rok") == ["Meble Nowak", "Stolmar"]


def test_who_owes_in_another_currency_alone_is_not_left_out(world):
    browser, _nowak, stolmar = world
    stolmar.invoices.update(currency="EUR")

    answer = browser.get("/dashboard/receivables/")
    book = load_workbook(io.BytesIO(browser.get("/dashboard/receivables/?fmt=xlsx").content))

    assert [line.name for line in answer.context["page"]] == ["Meble Nowak", "Stolmar"]
    assert "50,00 EUR" in answer.content.decode()
    assert [(row[1], row[-1]) for row in book.active.iter_rows(values_only=True)][1:] == [
        ("PLN", 100),
        ("EUR", 50),
    ]


def test_who_is_late_in_another_currency_comes_with_the_late_ones_and_is_found_by_age(world):
    browser, nowak, _stolmar = world
    nowak.invoices.update(currency="EUR")

    answer = browser.get("/dashboard/receivables/?age=31")

    assert [line.name for line in answer.context["page"]] == ["Meble Nowak"]
    assert [line.name for line in browser.get("/dashboard/receivables/").context["page"]] == ["Meble Nowak", "Stolmar"]
    assert [(chart.currency, [bar.amount for bar in chart.bars]) for chart in answer.context["ages"]] == [
        ("PLN", [50, 0, 0, 0, 0]),
        ("EUR", [0, 0, 100, 0, 0]),
    ]
    assert "100 EUR" in browser.get("/dashboard/").content.decode()


@pytest.mark.parametrize(
    ("by", "names", "totals"),
    [
        ("buyer", ["Meble Nowak", "Stolmar"], [100, 57]),
        ("branch", ["Meble Nowak · Centrala", "Stolmar · inne należności", "Stolmar · Centrala"], [100, 7, 50]),
        ("salesman", ["Katarzyna", "Michał"], [100, 57]),
    ],
)
def test_what_is_owed_by_no_invoice_is_in_the_sums_and_of_no_branch(world, by, names, totals):
    browser, _nowak, stolmar = world
    make.a_receivable(stolmar, "BO-1", 7, due_on=timezone.localdate() - timedelta(days=1))

    answer = browser.get(f"/dashboard/receivables/?by={by}")

    lines = list(answer.context["page"])
    assert [(line.name, line.debt.total) for line in lines] == list(zip(names, totals, strict=True))
    assert (answer.context["debt"].total, answer.context["debt"].uninvoiced) == (157, 7)


def test_the_account_names_what_is_owed_by_no_invoice_and_who_sees_one_branch_does_not(world, logged_in):
    browser, _nowak, stolmar = world
    make.a_receivable(stolmar, "NO-7", 7)
    branch = make.a_branch(stolmar, "Łódź")
    part = make.a_seller("adam@x.example")
    Assignment.objects.create(organisation=stolmar, buyer_branch=branch, person=part)
    address = f"/dashboard/buyers/{stolmar.pk}/account/"

    assert "NO-7" in browser.get(address).content.decode()
    seen = logged_in(part.user).get(address)
    assert "NO-7" not in seen.content.decode()
    assert (seen.status_code, seen.context["debt"].total) == (200, 0)


def test_the_account_says_of_a_hold_what_staff_may_read(world):
    """No sentence to the buyer about `this order`: there is none."""
    browser, nowak, _stolmar = world
    address = f"/dashboard/buyers/{nowak.pk}/account/"

    assert "Jego zamówienia są wstrzymane: Płatność jest 45 dni po terminie." in browser.get(address).content.decode()
    browser.post(f"{address}gate/", {"order_gate": "held", "order_gate_reason": "Czekamy na umowę."})
    assert "Jego zamówienia są wstrzymane: Czekamy na umowę." in browser.get(address).content.decode()


def test_a_salesman_sees_his_own_buyers_alone(world, logged_in):
    _browser, nowak, _stolmar = world
    nowak.salesman_erp_id = "77"
    nowak.save()
    page = logged_in(make.a_seller("kasia@x.example", erp_employee_id="77").user).get("/dashboard/receivables/")

    assert [line.name for line in page.context["page"]] == ["Meble Nowak"]


def test_a_note_is_kept_with_who_and_when_and_an_empty_one_is_refused(world):
    browser, nowak, _stolmar = world
    address = f"/dashboard/buyers/{nowak.pk}/account/"

    assert browser.post(f"{address}note/", {"text": ""}).status_code == 422
    browser.post(f"{address}note/", {"text": "Obiecał do piątku."})

    assert nowak.account_notes.get().author == "szef@x.example"
    assert "Obiecał do piątku." in browser.get(address).content.decode()


def test_held_orders_are_refused_with_the_reason_and_released_ones_only_warned_of(world):
    browser, nowak, _stolmar = world
    address = f"/dashboard/buyers/{nowak.pk}/account/gate/"
    assert len(holds_of(nowak, Decimal(10))) == 1

    browser.post(address, {"order_gate": "released", "order_gate_reason": "Umowa ratalna"})
    released = Organisation.objects.get(pk=nowak.pk)
    assert holds_of(released, Decimal(10)) == []
    assert objections_to(released, Decimal(10))[0].action == "warn"

    browser.post(address, {"order_gate": "held", "order_gate_reason": "Sprawa w sądzie"})
    held = holds_of(Organisation.objects.get(pk=nowak.pk), Decimal(10))
    assert "Sprawa w sądzie" in held[0]
    assert Change.objects.filter(field="order_gate", author="szef@x.example").count() == 2


def test_a_gate_ends_with_its_last_day(world):
    _browser, _nowak, stolmar = world
    today = timezone.localdate()
    stolmar.order_gate, stolmar.order_gate_reason, stolmar.order_gate_until = "held", "Inwentura", today

    assert holds_of(stolmar, Decimal(10))
    assert not objections_to(stolmar, Decimal(10), today=today + timedelta(days=1))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"order_gate": "held"}, "order_gate_reason"),
        ({"order_gate": "held", "order_gate_reason": "x", "order_gate_until": "2020-01-01"}, "order_gate_until"),
        ({"order_gate": "maybe"}, "order_gate"),
    ],
)
def test_a_gate_that_makes_no_sense_is_refused_by_field(world, said, field):
    browser, nowak, _stolmar = world

    answer = browser.post(f"/dashboard/buyers/{nowak.pk}/account/gate/", said)

    assert answer.status_code == 422
    assert field in answer.context["gate_form"].errors
    assert Organisation.objects.get(pk=nowak.pk).order_gate == ""


def test_who_looks_after_one_branch_alone_holds_nobody(world, logged_in):
    _browser, nowak, _stolmar = world
    part = make.a_seller("adam@x.example")
    nowak.assignments.create(person=part, buyer_branch=nowak.default_branch)

    answer = logged_in(part.user).post(
        f"/dashboard/buyers/{nowak.pk}/account/gate/", {"order_gate": "held", "order_gate_reason": "x"}
    )

    assert answer.status_code == 404
