"""Sums of money: each currency by itself, late by the oldest day of all, and what is owed by no invoice added once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from wiadukt.shop.invoices.money import Debt, ages_of, together

TODAY = date(2026, 11, 28)
PLN = Debt(overdue=Decimal(10), overdue_count=1, since=date(2026, 11, 20), ages=(Decimal(10), *(Decimal(0),) * 3))
EUR = Debt(overdue=Decimal(5), overdue_count=2, since=date(2026, 10, 9), currency="EUR")
NOTE = Debt(overdue=Decimal(3), overdue_count=1, since=date(2026, 11, 1), later=Decimal(4), uninvoiced=Decimal(7))


def test_late_is_by_the_oldest_day_in_whatever_currency():
    assert together([PLN, EUR]).days_late(TODAY) == 50
    assert together([EUR]).days_late(TODAY) == 50
    assert together([PLN]).days_late(TODAY) == 8
    assert together([]).days_late(TODAY) == 0


def test_of_one_currency_all_is_added_and_two_never_are():
    whole = together([PLN, NOTE, EUR])

    assert (whole.overdue, whole.later, whole.total, whole.uninvoiced) == (13, 4, 17, 7)
    assert (whole.since, whole.overdue_count, whole.ages[0]) == (date(2026, 11, 1), 2, 10)
    assert [(one.currency, one.total) for one in whole.others] == [("EUR", 5)]


def test_sums_that_hold_other_currencies_are_added_with_them():
    twice = together([together([PLN, EUR]), together([NOTE, EUR])])

    assert (twice.overdue, [(one.currency, one.overdue) for one in twice.others]) == (13, [("EUR", 10)])


def test_there_is_a_chart_for_each_currency_in_which_anything_is_owed():
    credit = Debt(credit=Decimal(1), currency="USD")

    assert [chart.currency for chart in ages_of(together([EUR, credit]))] == ["PLN", "EUR"]
