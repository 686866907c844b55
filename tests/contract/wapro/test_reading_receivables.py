"""What a contractor owes by no trade document (an opening balance, an interest note) comes with him."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from wiadukt.wapro.engine import reading
from wiadukt.wapro.read.customers import read_customers


@pytest.fixture
def owed(engine, settings):
    def owed(contractor, **changes):
        with reading(engine) as conn:
            changed = settings.model_copy(update=changes)
            return read_customers(conn, [str(contractor)], changed).objects[0].receivables

    return owed


def test_what_is_owed_by_no_document_comes_with_its_days_and_what_is_left(office, owed):
    buyer = office.contractor()
    note = office.owed(buyer, "48.37", "40")
    balance = office.owed(buyer, "900", "900", NR_DOK="BO 1/2026", TERMIN_PLATNOSCI=0)

    found = owed(buyer)

    assert [(one.id, one.document, one.amount, one.remaining) for one in found] == [
        (str(note), "NO 7/2026", Decimal("48.37"), 40),
        (str(balance), "BO 1/2026", 900, 900),
    ]
    assert [(one.issued_on, one.due_on) for one in found] == [
        (date(2026, 11, 23), date(2026, 11, 30)),
        (date(2026, 11, 23), None),
    ]
    assert {(one.currency, one.base_remaining) for one in found} == {("PLN", None)}


@pytest.mark.parametrize(
    "other",
    [
        {"left": "0"},
        {"RODZAJ": "Z"},  # what the seller owes
        {"RODZAJ": None},
        {"STRONA": "MA"},
        {"TYP_DOK": "h", "ID_NAG_DOK_M": 0},
        {"amount": "-20", "left": "-20"},
        {"ID_FIRMY": 2},
    ],
)
def test_other_settlements_are_none(office, owed, other):
    buyer = office.contractor()
    office.owed(buyer, **{"amount": "20", "left": "20", **other})

    assert owed(buyer) == ()


def test_which_they_are_is_set_by_rodzaj(office, owed):
    buyer = office.contractor()
    office.owed(buyer, "20", "20", RODZAJ="O")

    assert [one.remaining for one in owed(buyer, wapro_receivable_kinds="N, O")] == [20]
    assert owed(buyer, wapro_receivable_kinds="") == ()


def test_one_in_another_currency_says_what_it_is_in_the_base_one_and_a_settled_one_is_gone(office, owed):
    buyer = office.contractor()
    office.owed(buyer, "430", "258", SYM_WALUTY="EUR", KWOTA_W=100, POZOSTALO_W=60)
    office.owed(buyer, "430", "3", SYM_WALUTY="EUR", KWOTA_W=100, POZOSTALO_W=0)

    assert [(one.currency, one.amount, one.remaining, one.base_remaining) for one in owed(buyer)] == [
        ("EUR", 100, 60, 258)
    ]


def test_a_change_of_one_announces_its_buyer(office):
    buyer = office.contractor()
    note = office.owed(buyer, "20", "20")
    office.forget_queue()

    office.run('UPDATE dbo."ROZRACHUNEK" SET "TERMIN_PLATNOSCI" = 82530 WHERE "ID_ROZRACHUNKU" = %s', note)

    assert office.queue() == [("customer", str(buyer))]
