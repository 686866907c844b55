"""Purchases in figures: what counts, that every grouping adds up, and that a member sees his branches alone."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from factories.shop import a_branch, a_company, a_member, a_place, an_order, an_order_line
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from openpyxl import load_workbook

from wiadukt.contract.states import OrderState
from wiadukt.shop.organisations.approval import Approval
from wiadukt.shop.organisations.models import Role
from wiadukt.shop.reports.purchases import GROUPS, reports_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def at(month: int, day: int = 10, year: int = 2026, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.fixture
def nowak():
    company = a_company("Meble Nowak")
    company.poznan, company.lodz = a_branch(company, "Poznań"), a_branch(company, "Łódź")
    company.ewa = a_member("ewa@x.example", company.poznan, first_name="Ewa", last_name="Król").user
    company.boss = a_member("jan@x.example", company.default_branch, role=Role.MANAGER).user
    return company


def orders_of(company):
    return company.orders.all()


def names(company, group: str, first: date = YEAR[0], last: date = YEAR[1]) -> list[tuple[str, Decimal]]:
    (report,) = reports_of(orders_of(company), first, last, group)
    return [(row.name, row.net) for row in report.rows]


def test_what_was_never_told_cancelled_or_deleted_is_no_purchase(nowak):
    an_order(nowak.poznan, "WD-1", date_placed=at(3))
    an_order(nowak.poznan, "WD-2", date_placed=at(3), approval=Approval.WAITING)
    an_order(nowak.poznan, "WD-3", date_placed=at(3), erp_state=OrderState.CANCELLED)
    an_order(nowak.poznan, "WD-4", date_placed=at(3), is_gone=True)

    (report,) = reports_of(orders_of(nowak), *YEAR, "month")

    assert (report.orders, report.net, report.gross) == (1, 100, 123)


def test_months_are_polish_and_stand_in_turn(nowak):
    an_order(nowak.poznan, "WD-1", date_placed=at(6))
    an_order(nowak.poznan, "WD-2", date_placed=at(3, 31, hour=22))  # half past midnight on the first of April in Poland
    an_order(nowak.poznan, "WD-3", date_placed=at(12, 31, hour=23))  # already the next year

    assert names(nowak, "month") == [("04.2026", 100), ("05.2026", 0), ("06.2026", 100)]


def test_goods_people_and_places_stand_by_amount(nowak):
    hall = a_place(nowak, "Hala", nowak.poznan)
    mine = an_order(nowak.poznan, "WD-1", date_placed=at(3), user=nowak.ewa, delivery_place=hall)
    an_order_line(mine, "FR-1", line_price_excl_tax=Decimal("250.50"), quantity=Decimal("2.5"), unit="m2")
    an_order(nowak.lodz, "WAPRO-9", date_placed=at(4))

    assert names(nowak, "product") == [("Towar FR-1", Decimal("250.50")), ("Towar ZAW-1", 200)]
    assert names(nowak, "branch") == [("Poznań", Decimal("350.50")), ("Łódź", 100)]
    assert names(nowak, "person") == [("Ewa Król", Decimal("350.50")), ("telefonicznie, w biurze", 100)]
    assert names(nowak, "place") == [("Hala", Decimal("350.50")), ("brak", 100)]


def test_the_same_days_of_the_year_before_stand_beside(nowak):
    an_order(nowak.poznan, "WD-1", date_placed=at(3, 10, 2025))
    an_order(nowak.poznan, "WD-2", date_placed=at(9, 10, 2025))
    for n in (3, 4, 5):
        an_order(nowak.poznan, f"WD-{n}", date_placed=at(3))

    (report,) = reports_of(orders_of(nowak), date(2026, 1, 1), date(2026, 6, 30), "month")

    assert (report.net, report.before, report.change) == (300, 100, 200)
    assert reports_of(orders_of(nowak), date(2024, 2, 29), date(2024, 2, 29), "month") == []


def test_each_currency_has_its_own_sums(nowak):
    an_order(nowak.poznan, "WD-1", date_placed=at(3))
    abroad = an_order(nowak.poznan, "WAPRO-2", date_placed=at(3))
    type(abroad).objects.filter(pk=abroad.pk).update(currency="EUR")

    found = reports_of(orders_of(nowak), *YEAR, "branch")

    assert [(one.currency, one.net) for one in found] == [("PLN", 100), ("EUR", 100)]


def test_a_member_sees_his_branches_and_the_manager_all(nowak, logged_in):
    an_order(nowak.poznan, "WD-1", date_placed=at(3))
    an_order(nowak.lodz, "WD-2", date_placed=at(3))
    asked = "first=2026-01-01&last=2026-12-31&by=branch"

    hers = logged_in(nowak.ewa).get(f"/reports/?{asked}").content.decode()
    his = logged_in(nowak.boss).get(f"/reports/?{asked}").content.decode()
    forced = logged_in(nowak.ewa).get(f"/reports/?{asked}&branch={nowak.lodz.pk}")

    assert "Poznań" in hers
    assert "Łódź" not in hers
    assert "Łódź" in his
    assert forced.status_code == 422  # a branch that is not hers narrows nothing and shows nothing
    assert "Łódź" not in forced.content.decode()


def test_the_files_hold_every_row_and_end_with_the_sum(nowak, logged_in):
    order = an_order(nowak.poznan, "WD-1", date_placed=at(3))
    for n in range(120):
        an_order_line(order, f"T-{n}")
    browser, asked = logged_in(nowak.ewa), "first=2026-01-01&last=2026-12-31&by=product"

    page = browser.get(f"/reports/?{asked}").content.decode()
    book = load_workbook(io.BytesIO(browser.get(f"/reports/purchases.xlsx?{asked}").content))
    text = browser.get(f"/reports/purchases.csv?{asked}").content.decode()

    assert "100 największych z 121" in page
    assert book["PLN"].max_row == 1 + 121 + 1
    assert [cell.value for cell in list(book["PLN"].rows)[-1]][-3:] == [12100, 14883, "PLN"]
    assert "T-119" in text
    assert browser.get(f"/reports/purchases.docx?{asked}").status_code == 404


def test_a_period_that_ends_before_it_begins_says_so(nowak, logged_in):
    answer = logged_in(nowak.ewa).get("/reports/?first=2026-11-30&last=2026-11-01")

    assert answer.status_code == 422
    assert "Do: wybierz dzień nie wcześniejszy" in answer.content.decode()


BOUGHT = st.tuples(st.integers(1, 12), st.booleans(), st.booleans(), st.decimals(-500, 9999, places=2))


class TestEveryGroupingAddsUp(TestCase):
    """Whatever was bought, by whom and for where."""

    @settings(max_examples=8, deadline=None)
    @given(
        st.lists(
            st.tuples(st.integers(1, 12), st.booleans(), st.booleans(), st.decimals(-500, 9999, places=2)),
            min_size=1,
            max_size=8,
        )
    )
    def test_it_does(self, bought):
        company = a_company("Nowak")
        branches = company.default_branch, a_branch(company, "Łódź")
        place = a_place(company, "Hala")
        for n, (month, away, named, net) in enumerate(bought):
            where = place if named else None
            order = an_order(branches[away], f"WD-{n}", date_placed=at(month), delivery_place=where)
            an_order_line(order, f"T-{n % 3}", line_price_excl_tax=net)

        for group in GROUPS:
            (report,) = reports_of(orders_of(company), *YEAR, group)
            assert (
                sum(row.net for row in report.rows) == report.net == 100 * len(bought) + sum(one[3] for one in bought)
            )
            assert all(0 <= row.share <= 100 for row in report.rows)
