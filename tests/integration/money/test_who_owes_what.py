"""Whatever the office invoices, corrects and is paid, the shop owes nobody a grosz: not by order, branch or company.

Documents of every shape are written into a base of WAPRO; the connector reads what changed, the shop takes it in, and
what the shop says is compared with a small model that knows nothing of either: totals, payments and lines in a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db.models import Sum
from factories.bases import PostgresBases, connect
from factories.wapro import TODAY, Office, settings_for
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine

from tests.factories import shop as make
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.invoices.models import Invoice, InvoiceShare
from wiadukt.shop.invoices.money import by_branch, summary_of
from wiadukt.shop.invoices.statement import statements_of
from wiadukt.shop.organisations.access import parts_of
from wiadukt.shop.organisations.models import Branch, Organisation, Role
from wiadukt.shop.sync.apply import apply_customers, apply_invoices, apply_orders
from wiadukt.wapro.engine import make_engine, reading
from wiadukt.wapro.read.customers import read_customers
from wiadukt.wapro.read.invoices import read_invoices
from wiadukt.wapro.read.orders import read_orders
from wiadukt.wapro.settings import Settings

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
SALE, CORRECTION, ADVANCE, RECEIPT = 1, 3, 7, 9
NOTHING = Decimal(0)
prices = st.decimals("0.01", "99.99", places=2)
some = st.integers(0, 99)


@dataclass
class Written:
    """A document as the office wrote it. `lines`: order (None: without one), line's id, gross value."""

    payer: int
    total: Decimal
    lines: list[tuple[int | None, int, Decimal]]
    paid: Decimal = NOTHING
    corrected: set[int] = field(default_factory=set)

    @property
    def remaining(self) -> Decimal:
        return self.total - self.paid

    def exact(self, order: int | None) -> Fraction:
        """What the order's part would be if a grosz could be cut: its lines and its share of the difference."""
        worth: dict[int | None, Fraction] = {}
        for key, _line, gross in self.lines:
            worth[key] = worth.get(key, Fraction(0)) + Fraction(gross)
        difference = Fraction(self.total) - sum(worth.values())
        weight = sum(abs(one) for one in worth.values())
        own = worth.get(order, Fraction(0))
        return own + (difference * abs(own) / weight if weight else 0)


class World:
    """Bases and the connector's way to read them; made once."""

    office: Office
    engine: Engine
    settings: Settings


@pytest.fixture(scope="module")
def world(postgres) -> Iterator[type[World]]:
    with PostgresBases(postgres).fresh() as url:
        World.office, World.engine, World.settings = Office(connect(url)), make_engine(url), settings_for(url)
        yield World
        World.engine.dispose()
        World.office.close()


class Accounts(RuleBasedStateMachine):
    """Two companies; the first has three branches, and the second one sometimes pays for it."""

    @initialize()
    def open_the_office(self) -> None:
        self.office = World.office
        self.companies = [self.office.contractor() for _ in range(2)]
        self.card = self.office.article()
        self.orders: dict[int, int] = {}  # order -> its branch in the shop
        self.lines: dict[int, int] = {}  # order -> its line
        self.documents: dict[int, Written] = {}
        self.loose: dict[int, Decimal] = {}  # payments that settle nothing, of the first company
        self._take_in()
        first, second = (Organisation.objects.get(erp_id=str(one)) for one in self.companies)
        self.branches = [first.default_branch, make.a_branch(first, "Łódź"), make.a_branch(first, "Gdynia")]
        number = first.pk
        self.members = [make.a_member(f"b{n}@m{number}.example", b).user for n, b in enumerate(self.branches)]
        self.manager = make.a_member(f"szef@m{number}.example", self.branches[0], role=Role.MANAGER).user
        self.payer = make.a_member(f"szef@p{number}.example", second.default_branch, role=Role.MANAGER).user
        for n in range(3):
            self.an_order_is_placed(n)

    # What the office does.

    @rule(branch=some)
    def an_order_is_placed(self, branch: int) -> None:
        order = self.office.order(self.companies[0])
        self.lines[order] = self.office.line(order, self.card, "10")
        with reading(World.engine) as conn:
            found = read_orders(conn, [str(order)], World.settings)
        apply_orders(list(found.objects), [], make.batch())
        chosen = self.branches[branch % 3]
        Order.objects.filter(erp_id=str(order)).update(branch=chosen)
        self.orders[order] = chosen.pk

    @rule(
        values=st.lists(st.tuples(some, prices), min_size=1, max_size=4),
        without=st.none() | prices,
        rounding=st.sampled_from(["0", "0", "0.01", "-0.02", "0.03"]),
        by_delivery=st.booleans(),
        other_pays=st.booleans(),
        kind=st.sampled_from([SALE, SALE, SALE, ADVANCE, RECEIPT]),
    )
    def goods_are_invoiced(self, values, without, rounding, by_delivery, other_pays, kind) -> None:
        """Of one order or several, now and then with transport; VAT by rate may differ from VAT by line."""
        orders = list(self.orders)
        lines = [(orders[which % len(orders)], price) for which, price in values]
        lines += [(None, without)] if without else []
        payer = self.companies[1 if other_pays else 0]
        total = sum((price for _order, price in lines), NOTHING) + Decimal(rounding)
        document = self._document(kind, payer, total)
        note = self.office.delivery_note(document) if by_delivery and kind == SALE else None
        written = []
        for order, price in lines:
            where = {"ID_DOK_MAGAZYNOWEGO": note} if note else {"ID_DOK_HANDLOWEGO": document}
            link = {"ID_POZ_ZAM_ZAL" if kind == ADVANCE else "ID_POZ_ZAM": self.lines[order]} if order else {}
            written.append((order, self._line(price, **where, **link), price))
        if kind != RECEIPT:
            self.documents[document] = Written(payer, total, written)
        self._take_in(document)

    @rule(which=some, values=st.lists(st.tuples(some, prices), min_size=1, max_size=2), taken=prices)
    def a_final_invoice_takes_an_advance_off(self, which, values, taken) -> None:
        """Its lines are worth the whole, its total is what is left."""
        orders = list(self.orders)
        worth = [(orders[one % len(orders)], price) for one, price in values]
        total = max(NOTHING, sum((price for _order, price in worth), NOTHING) - taken)
        document = self._document(SALE, self.companies[0], total)
        written = [
            (order, self._line(price, ID_DOK_HANDLOWEGO=document, ID_POZ_ZAM=self.lines[order]), price)
            for order, price in worth
        ]
        self.documents[document] = Written(self.companies[0], total, written)
        self._take_in(document)

    @precondition(lambda self: any(not one.corrected for one in self.documents.values()))
    @rule(which=some, several=st.booleans(), to_zero=st.booleans(), price=prices, unsigned=st.booleans())
    def a_correction_gives_money_back(self, which, several, to_zero, price, unsigned) -> None:
        """Of one document or of two; to zero or by a bit. Its lines name the corrected lines and no order."""
        open_ = [key for key, one in self.documents.items() if not one.corrected and one.lines]
        wrong = [open_[which % len(open_)]]
        wrong += [key for key in open_ if key not in wrong and self._payer(key) == self._payer(wrong[0])][
            : int(several)
        ]
        lines = []
        for key in wrong:
            for order, line, gross in self.documents[key].lines if to_zero else self.documents[key].lines[:1]:
                lines.append((order, line, -(gross if to_zero else min(gross, price))))
        total = sum((gross for _order, _line, gross in lines), NOTHING)
        document = self._document(CORRECTION, self._payer(wrong[0]), total, unsigned=unsigned)
        written = []
        for order, line, gross in lines:
            own = self._line(gross, ID_DOK_HANDLOWEGO=document, POZ_KOREKTY=1, ID_POZ_ORYGINALNEJ=line)
            written.append((order, own, gross))
        self.documents[document] = Written(self._payer(wrong[0]), total, written, corrected=set(wrong))
        self._take_in(document)

    @precondition(lambda self: any(one.remaining > 0 for one in self.documents.values()))
    @rule(which=some, share=st.sampled_from(["0.01", "0.3", "0.5", "1", "1", "1.2"]))
    def a_part_is_paid(self, which, share) -> None:
        """A part, all of it, or too much."""
        open_ = [key for key, one in self.documents.items() if one.remaining > 0]
        key = open_[which % len(open_)]
        one = self.documents[key]
        amount = max(Decimal("0.01"), (one.remaining * Decimal(share)).quantize(Decimal("0.01")))
        settles = self.office.value('SELECT "ID_ROZRACHUNKU" FROM dbo."ROZRACHUNEK" WHERE "ID_NAG_DOK_M" = %s', key)
        side = self.office.money(one.payer, str(amount))
        self.office.pay(settles, str(amount), TODAY + 3, ID_ROZRACHUNKU_ZWIAZEK=side)
        one.paid += amount
        self._settle(key)

    @rule(amount=prices)
    def a_payment_comes_that_nobody_assigns(self, amount) -> None:
        self.loose[self.office.money(self.companies[0], str(amount), left=str(amount))] = amount
        self._take_in()

    @precondition(lambda self: self.loose)
    @rule()
    def it_is_given_back(self) -> None:
        key, _amount = self.loose.popitem()
        self.office.run('UPDATE dbo."ROZRACHUNEK" SET "POZOSTALO" = 0 WHERE "ID_ROZRACHUNKU" = %s', key)
        self._take_in()

    @precondition(lambda self: self.documents)
    @rule(which=some)
    def the_office_deletes_a_document(self, which) -> None:
        corrected = {key for one in self.documents.values() for key in one.corrected}
        free = [key for key in self.documents if key not in corrected]
        key = free[which % len(free)]
        del self.documents[key]
        self.office.run('DELETE FROM dbo."DOKUMENT_HANDLOWY" WHERE "ID_DOKUMENTU_HANDLOWEGO" = %s', key)
        self._take_in(key)

    @precondition(lambda self: self.documents)
    @rule(which=some)
    def another_company_takes_over_a_debt(self, which) -> None:
        key = list(self.documents)[which % len(self.documents)]
        one = self.documents[key]
        one.payer = self.companies[1 - self.companies.index(one.payer)]
        query = 'UPDATE dbo."DOKUMENT_HANDLOWY" SET "ID_PLATNIKA" = %s WHERE "ID_DOKUMENTU_HANDLOWEGO" = %s'
        self.office.run(query, one.payer, key)
        self._take_in(key)

    # What must hold after each of these.

    @invariant()
    def each_document_is_split_to_the_grosz(self) -> None:
        shown = {int(one.erp_id): one for one in self._invoices()}
        assert set(shown) == set(self.documents)
        for key, one in self.documents.items():
            parts = {int(part.erp_order_id or 0) or None: part for part in shown[key].shares.all()}
            assert set(parts) == {order for order, _line, _gross in one.lines}
            assert sum(part.gross for part in parts.values()) == one.total
            assert sum(part.remaining for part in parts.values()) == one.remaining
            for order, part in parts.items():
                assert abs(Fraction(part.gross) - one.exact(order)) < Fraction(1, 100)

    @invariant()
    def each_order_has_what_its_documents_carry(self) -> None:
        for order in self.orders:
            carrying = [one for one in self.documents.values() if any(key == order for key, _l, _g in one.lines)]
            sums = InvoiceShare.objects.filter(erp_order_id=str(order)).aggregate(Sum("gross", default=NOTHING))
            exact = sum((one.exact(order) for one in carrying), Fraction(0))
            assert abs(Fraction(sums["gross__sum"]) - exact) <= Fraction(len(carrying), 100)

    @invariant()
    def branches_add_up_to_the_company_and_the_company_to_its_documents(self) -> None:
        for user, company in ((self.manager, self.companies[0]), (self.payer, self.companies[1])):
            debt = summary_of(parts_of(user))
            left = [one.remaining for one in self.documents.values() if one.payer == company]
            assert debt.total == sum((one for one in left if one > 0), NOTHING)
            assert debt.credit == -sum((one for one in left if one < 0), NOTHING)
        own = [summary_of(parts_of(user)) for user in self.members]
        whole = summary_of(parts_of(self.manager))
        assert sum(one.balance for one in own) == whole.balance
        told = dict(by_branch(parts_of(self.manager), Branch.objects.filter(pk__in=[b.pk for b in self.branches])))
        assert [told[b].balance if b in told else NOTHING for b in self.branches] == [one.balance for one in own]

    @invariant()
    def each_branch_has_the_parts_of_its_orders_and_the_default_one_the_rest(self) -> None:
        mine = [one for one in self.documents.values() if one.payer == self.companies[0]]
        for branch, user in zip(self.branches, self.members, strict=True):
            exact = Fraction(0)
            for one in mine:
                for order in {order for order, _line, _gross in one.lines}:
                    home = self.orders.get(order) if order else None
                    if (home or self.branches[0].pk) == branch.pk:
                        exact += one.exact(order)
            found = parts_of(user).aggregate(sum=Sum("gross", default=NOTHING))["sum"]
            assert abs(Fraction(found) - exact) <= Fraction(sum(len(one.lines) for one in mine), 100)

    @invariant()
    def the_statement_ends_with_what_is_owed(self) -> None:
        company = Organisation.objects.get(erp_id=str(self.companies[0]))
        left = sum((one.remaining for one in self.documents.values() if one.payer == self.companies[0]), NOTHING)
        for first in (date(2026, 1, 1), date(2026, 11, 25)):
            statement = statements_of(company, first, date(2027, 1, 1))[0]
            assert statement.closing == left - sum(self.loose.values(), NOTHING)

    # How it is done.

    def _payer(self, key: int) -> int:
        return self.documents[key].payer

    def _document(self, kind: int, payer: int, total: Decimal, *, unsigned: bool = False) -> int:
        document = self.office.invoice(
            self.companies[0],
            ID_TYPU=kind,
            ID_PLATNIKA=payer,
            DOK_KOREKTY=int(kind == CORRECTION),
            WARTOSC_NETTO=total,
            WARTOSC_BRUTTO=total,
            POZOSTALO=abs(total) if unsigned else total,
        )
        self.office.receivable(document, payer, str(total))
        return document

    def _line(self, gross: Decimal, **values: int) -> int:
        line = self.office.invoice_line(self.card, "1" if gross > 0 else "-1", str(abs(gross)), **values)
        query = 'UPDATE dbo."POZYCJA_DOKUMENTU_MAGAZYNOWEGO" SET "CENA_BRUTTO" = %s WHERE "ID_POZ_DOK_MAG" = %s'
        self.office.run(query, abs(gross), line)
        return line

    def _settle(self, key: int) -> None:
        one = self.documents[key]
        query = """UPDATE dbo."DOKUMENT_HANDLOWY" SET "RAZEM_ZAPLACONO" = %s, "POZOSTALO" = %s
            WHERE "ID_DOKUMENTU_HANDLOWEGO" = %s"""
        self.office.run(query, one.paid, one.remaining, key)
        self._take_in(key)

    def _take_in(self, *documents: int) -> None:
        """The connector reads what changed, and the shop applies it."""
        with reading(World.engine) as conn:
            customers = read_customers(conn, [str(one) for one in self.companies], World.settings)
            found = read_invoices(conn, [str(one) for one in documents], World.settings)
        assert not customers.broken
        assert not found.broken
        apply_customers(list(customers.objects), [], make.batch())
        apply_invoices(list(found.objects), list(found.missing), make.batch())

    def _invoices(self) -> list[Invoice]:
        own = [str(one) for one in self.companies]
        return list(Invoice.objects.filter(organisation__erp_id__in=own).prefetch_related("shares"))


def test_no_amount_is_lost_and_none_is_counted_twice(world):
    run_state_machine_as_test(
        Accounts,
        settings=settings(
            max_examples=8,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
