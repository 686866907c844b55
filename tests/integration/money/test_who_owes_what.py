"""Whatever the office invoices, corrects and is paid, the shop owes nobody a grosz: not by order, branch or company.

The office of the demo writes documents and payments of every shape into a base of WAPRO. Capture announces what
changed, the connector reads just that, in bases that write their signs otherwise, and the shop takes it in. After each
step what the shop says is compared with `factories.ledger`, a model that knows nothing of either.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from factories.accounts import KINDS, Accounts, World
from factories.bases import PostgresBases
from factories.money_road import SIGNS, MoneyRoad
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from wiadukt.demo.office.documents import RECEIPT, SALE

pytestmark = [pytest.mark.postgres, pytest.mark.django_db, pytest.mark.timeout(400)]


@pytest.fixture(scope="module")
def world(postgres) -> Iterator[type[World]]:
    with PostgresBases(postgres).fresh() as url:
        World.road = MoneyRoad(url)
        yield World
        World.road.close()


# Each kind of deed, after which all of it is compared: chance alone may pass one over.
STORY: list[tuple[str, dict[str, Any]]] = [
    ("an_order_is_placed", {"company": 0, "branch": 1, "lines": [(9, Decimal("33.33")), (5, Decimal("0.07"))]}),
    ("an_order_is_placed", {"company": 1, "branch": 0, "lines": [(3, Decimal("12.34"))]}),
    ("goods_are_invoiced", {"which": [0, 3], "part": "half", "transport": Decimal("9.99"), "due": -20}),
    ("goods_are_invoiced", {"which": [1], "part": "one", "currency": "EUR", "due": 3}),
    ("goods_are_invoiced", {"which": [1, 3], "part": "one", "other_pays": True}),
    ("goods_are_invoiced", {"which": [0], "part": "one", "kind": RECEIPT}),
    ("a_part_is_paid", {"which": 0, "share": "0.3", "form": "gotówka"}),
    ("a_part_is_paid", {"which": 0, "share": "0.5", "form": "kompensata"}),
    ("a_part_is_paid", {"which": 1, "share": "0.5", "form": "karta"}),
    ("goods_go_out_first", {"which": 0, "part": "one"}),
    ("goods_go_out_first", {"which": 1, "part": "half"}),
    ("what_went_out_is_invoiced", {"several": True, "due": 14}),
    ("goods_go_out_first", {"which": 1, "part": "one"}),
    ("what_went_out_is_invoiced", {"currency": "EUR", "other_pays": True}),
    ("documents_are_corrected", {"which": 0, "mode": "down"}),
    ("a_correction_is_set_off", {}),
    ("documents_are_corrected", {"which": 0, "several": True, "mode": "zero"}),
    ("a_part_is_paid", {"which": -1, "share": "1", "form": "przelew"}),  # money is given back
    ("documents_are_corrected", {"which": 1, "mode": "up"}),
    ("the_due_day_moves_and_interest_grows", {"which": 1, "due": -1, "interest": Decimal("1.23")}),
    ("a_part_is_paid", {"which": 1, "share": "1.2", "surplus": "payment"}),
    ("a_settlement_is_taken_back", {"which": 0}),
    ("it_is_assigned", {}),
    ("a_part_is_paid", {"which": 2, "share": "1.2", "surplus": "document"}),
    ("a_payment_comes_that_nobody_assigns", {"company": 1, "foreign": True}),
    ("a_payment_comes_that_nobody_assigns", {"form": "karta"}),
    ("it_is_given_back", {}),
    ("a_note_of_interest_is_written", {"company": 0, "amount": Decimal("48.37"), "due": -20}),
    ("a_note_of_interest_is_written", {"company": 1, "amount": Decimal("0.01"), "due": 14}),
    ("it_is_owed_no_more", {}),
    ("goods_are_invoiced", {"which": [1], "part": "one"}),
    ("another_company_takes_over_a_debt", {"which": -1}),
    ("the_office_deletes_a_document", {"which": -1}),
    ("an_order_is_given_to_another_branch", {"which": 3, "branch": 2}),
]
FINALS = [
    [
        ("an_order_is_placed", {"company": 0, "branch": 2, "lines": [(9, Decimal("77.77")), (2, Decimal("1.11"))]}),
        ("a_part_is_invoiced_in_advance", {"which": -1, "percent": 33, "currency": currency}),
        ("a_part_is_invoiced_in_advance", {"which": -1, "percent": 10, "currency": currency}),
        ("a_part_is_paid", {"which": -1, "share": "1"}),
        ("a_final_invoice_takes_advances_off", {"which": -1, "shape": shape}),
        ("a_part_is_paid", {"which": -1, "share": "0.5"}),
    ]
    for shape, currency in (("rest", "PLN"), ("whole", "PLN"), ("paid", "PLN"), ("whole", "EUR"), ("paid", "EUR"))
]
PLAIN: dict[str, dict[str, Any]] = {
    "goods_are_invoiced": {"transport": None, "other_pays": False, "currency": "PLN", "kind": SALE, "due": 7},
    "what_went_out_is_invoiced": {"which": 0, "several": False, "other_pays": False, "currency": "PLN", "due": 7},
    "a_part_is_invoiced_in_advance": {"due": 7},
    "a_final_invoice_takes_advances_off": {"due": 7, "other_pays": False},
    "documents_are_corrected": {"several": False, "due": 7},
    "a_part_is_paid": {"form": "przelew", "surplus": "payment"},
    "a_payment_comes_that_nobody_assigns": {"company": 0, "amount": Decimal(40), "form": "przelew", "foreign": False},
    "it_is_assigned": {"which": 0},
    "a_correction_is_set_off": {"which": 0},
}
INVARIANTS = [name for name, one in vars(Accounts).items() if hasattr(one, "hypothesis_stateful_invariant")]


@pytest.mark.parametrize("signs", [set(), set(SIGNS)], ids=["plain", "turned"])
def test_each_kind_of_deed_at_least_once(world, signs):
    """All of the money's kinds were there in the end, so the story told what it says."""
    accounts = Accounts()
    accounts.open_the_office(signs)
    story = [*STORY, *(deed for final in FINALS for deed in final)]
    paid: set[str] = set()

    for name, words in story:
        getattr(accounts, name)(**{**PLAIN.get(name, {}), **words})
        for law in INVARIANTS:
            getattr(accounts, law)()
        paid |= {one.how for bill in accounts.bills.values() for one in bill.paid}

    assert paid == {*KINDS.values(), "correction"}
    assert len([bill for bill in accounts.bills.values() if bill.charged]) == len(FINALS)
    assert {name for name, _words in story} == RULES
    assert len(INVARIANTS) == 6


RULES = {name for name, one in vars(Accounts).items() if hasattr(one, "hypothesis_stateful_rule")}


def test_no_amount_is_lost_and_none_is_counted_twice(world):
    run_state_machine_as_test(
        Accounts,
        settings=settings(
            max_examples=6,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
