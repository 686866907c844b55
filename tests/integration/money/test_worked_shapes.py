"""The second table of docs/invoices.md, worked by hand: what the office does, and what the shop shows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum
from factories import shop as make
from factories.bases import PostgresBases
from factories.money_road import MoneyRoad

from wiadukt.demo.office import corrections, invoices, payments
from wiadukt.demo.office.documents import ADVANCE, RECEIPT, How
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.invoices.models import InvoiceShare
from wiadukt.shop.invoices.money import summary_of
from wiadukt.shop.organisations.access import parts_of
from wiadukt.shop.organisations.models import Organisation, Role

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
DOCS = Path(__file__).parents[3] / "docs" / "invoices.md"
HUNDRED = Decimal(100)


@dataclass
class Case:
    """A buyer with an order of 10 pieces (Poznań) and one of 5 (Łódź), 100.00 gross a piece, and another company."""

    road: MoneyRoad
    buyer: int
    other: int
    orders: tuple[int, int]
    lines: tuple[int, int]

    def sell(self, *quantities: int, **how: Any) -> int:
        """An invoice for so many pieces of the first order, and of the second."""
        wanted = {line: Decimal(n) for line, n in zip(self.lines, quantities, strict=False) if n}
        orders = [order for order, n in zip(self.orders, quantities, strict=False) if n]
        return int(self.road.do(invoices.issue, orders, wanted, 14, How(**how)))

    def issue_goods(self, which: int) -> int:
        quantity = Decimal((10, 5)[which])
        return int(self.road.do(invoices.deliver, [self.orders[which]], {self.lines[which]: quantity}))

    def advance(self, *, paid: bool) -> None:
        """30 percent of the first order."""
        document = self.road.do(invoices.issue_advance, self.orders[0], Decimal(30), How(kind=ADVANCE))
        if paid:
            self.pay(document, 300)

    def pay(self, document: int, amount: int, **how: Any) -> int:
        return int(self.road.do(payments.pay, document, Decimal(amount), **how))

    def receive(self, amount: int) -> int:
        return int(self.road.do(payments.receive, self.buyer, Decimal(amount)))

    def correct(self, document: int, quantity: int) -> int:
        """So that this many pieces are on it."""
        line = self.road.do(corrections.lines_of, [document])[0]
        return int(self.road.do(corrections.correct, {int(line["ID_POZ_DOK_MAG"]): Decimal(quantity)}))

    def assign(self, money: int, document: int) -> None:
        self.road.do(payments.settle, money, document)

    def take_back(self, money: int) -> None:
        query = """SELECT "ID_ROZLICZENIA_ZWIAZEK" FROM dbo."ROZLICZENIE" WHERE "ID_ROZRACHUNKU" = %s"""
        self.road.do(payments.take_back, int(self.road.office.value(query, money)))


def _two_invoices(case: Case) -> None:
    case.sell(6)
    case.sell(4)


def _goods_first(case: Case) -> None:
    notes = [case.issue_goods(which) for which in (0, 1)]
    case.road.do(invoices.issue_for_notes, notes, 14)


def _final(case: Case, shape: str, *, paid: bool = True) -> None:
    case.advance(paid=paid)
    case.sell(10, final=shape)


def _final_of_both(case: Case) -> None:
    case.advance(paid=True)
    case.sell(10, 5, transport=HUNDRED, final="whole")


def _set_off(case: Case) -> None:
    document = case.sell(10)
    case.road.do(payments.set_off, document, case.correct(document, 8))


def _collective(case: Case) -> None:
    case.road.do(corrections.to_zero, [case.sell(10), case.sell(0, 5)])


def _returned(case: Case) -> None:
    document = case.sell(10)
    case.pay(document, 1000)
    case.pay(case.correct(document, 8), 200)


def _of_correction(case: Case) -> None:
    document = case.sell(10)
    case.correct(document, 8)
    case.correct(document, 9)


def _assigned(case: Case, *, taken_back: bool = False) -> None:
    document, money = case.sell(10), case.receive(400)
    case.assign(money, document)
    if taken_back:
        case.take_back(money)


def _cash_and_compensation(case: Case) -> None:
    document = case.sell(10)
    case.pay(document, 300, form="gotówka")
    case.pay(document, 200, form="kompensata")


def _unassigned(case: Case) -> None:
    case.sell(10)
    case.receive(400)


SHAPES: dict[str, Callable[[Case], Any]] = {
    "one invoice for one order": lambda case: case.sell(10),
    "two invoices for one order, 6 and 4 pieces": _two_invoices,
    "one invoice for both orders, with transport": lambda case: case.sell(10, 5, transport=HUNDRED),
    "goods issued first, one invoice for both WZ": _goods_first,
    "300 paid of one invoice for both orders": lambda case: case.pay(case.sell(10, 5), 300),
    "advance of 30 %, paid; final invoice is the rest": lambda case: _final(case, "rest"),
    "the same; final invoice is the whole, 700 remain": lambda case: _final(case, "whole"),
    "the same; final invoice is the whole, 300 count as paid": lambda case: _final(case, "paid"),
    "the same; final invoice of both orders, with transport": _final_of_both,
    "advance not paid, and its final invoice": lambda case: _final(case, "whole", paid=False),
    "2 pieces corrected": lambda case: case.correct(case.sell(10), 8),
    "the same, set off against its invoice": _set_off,
    "2 pieces corrected, then one of them back": _of_correction,
    "collective correction to zero of two invoices": _collective,
    "2 pieces of a paid invoice corrected, money given back": _returned,
    "1,100 paid, too much stays on the payment": lambda case: case.pay(case.sell(10), 1100, surplus="payment"),
    "1,100 paid, too much stays on the invoice": lambda case: case.pay(case.sell(10), 1100, surplus="document"),
    "a payment of 400 that nobody assigned": _unassigned,
    "the same, assigned": _assigned,
    "the same, taken back": lambda case: _assigned(case, taken_back=True),
    "300 in cash, 200 by compensation": _cash_and_compensation,
    "another company pays": lambda case: case.sell(10, payer=case.other),
    "a receipt": lambda case: case.sell(10, kind=RECEIPT),
    "an invoice in EUR at 4.00": lambda case: case.sell(10, currency="EUR", rate=Decimal(4)),
}


@pytest.fixture(scope="module")
def road(postgres) -> Iterator[MoneyRoad]:
    with PostgresBases(postgres).fresh() as url:
        road = MoneyRoad(url)
        yield road
        road.close()


@pytest.fixture
def case(road) -> Case:
    buyer, other = road.office.contractor(), road.office.contractor()
    card = road.office.article()
    orders = (road.office.order(buyer), road.office.order(buyer))
    lines = tuple(road.office.line(order, card, n) for order, n in zip(orders, ("10", "5"), strict=True))
    query = 'UPDATE dbo."POZYCJA_ZAMOWIENIA" SET "CENA_NETTO" = 81.30, "CENA_BRUTTO" = 100 WHERE "ID_ZAMOWIENIA" = %s'
    for order in orders:
        road.office.run(query, order)
    road.take_in()
    company = Organisation.objects.get(erp_id=str(buyer))
    for order, name in zip(orders, ("Poznań", "Łódź"), strict=True):
        Order.objects.filter(erp_id=str(order)).update(branch=make.a_branch(company, name))
    return Case(road, buyer, other, orders, (lines[0], lines[1]))


def rows() -> list[list[str]]:
    cells = [
        [cell.strip() for cell in line[1:-1].split("|")] for line in DOCS.read_text().splitlines() if line[:1] == "|"
    ]
    return [row for row in cells if len(row) == 6 and row[0] in SHAPES]


def test_each_shape_is_worked_once():
    assert [row[0] for row in rows()] == list(SHAPES)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_a_shape_comes_to_what_was_worked_by_hand(row, case):
    shape, first, second, owed, credit, loose = row

    SHAPES[shape](case)
    case.road.take_in()

    assert [_order(case, 0), _order(case, 1)] == [first, second]
    assert _company(case) == (owed, credit, loose)


def _order(case: Case, which: int) -> str:
    """Invoiced / to be paid, in each currency."""
    parts = InvoiceShare.objects.filter(erp_order_id=str(case.orders[which])).order_by("invoice__currency")
    sums = parts.values_list("invoice__currency").annotate(Sum("gross"), Sum("remaining"))
    return ", ".join(f"{gross} / {left}{_symbol(currency)}" for currency, gross, left in sums) or "–"


def _company(case: Case) -> tuple[str, str, str]:
    """What the buyer is to pay, what is in his favour, and what of his payments settles nothing."""
    company = Organisation.objects.get(erp_id=str(case.buyer))
    manager = make.a_member(f"szef@{case.buyer}.example", company.default_branch, role=Role.MANAGER)
    debt = summary_of(parts_of(manager.user))
    owed = [f"{one.total}{_symbol(one.currency)}" for one in (debt, *debt.others) if one.total]
    loose = sum((one.remaining for one in company.unassigned_payments.all()), Decimal(0))
    return ", ".join(owed) or "–", str(debt.credit) if debt.credit else "–", str(loose) if loose else "–"


def _symbol(currency: str) -> str:
    return "" if currency == "PLN" else f" {currency}"
