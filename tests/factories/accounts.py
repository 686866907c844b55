"""The office at work beside the model: a state machine whose laws hold after each deed (tests/integration/money)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Sum
from factories import shop as make
from factories.ledger import GROSZ, NOTHING, Bill, Ordered, Owed, Paid, Row, grosz, owed_of
from factories.money_road import SIGNS, MoneyRoad
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from wiadukt.demo.office import corrections, invoices, payments
from wiadukt.demo.office.documents import ADVANCE, RECEIPT, SALE, How
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.invoices.models import Invoice, InvoiceShare, UnassignedPayment
from wiadukt.shop.invoices.money import Debt, by_branch, summary_of
from wiadukt.shop.invoices.statement import statements_of
from wiadukt.shop.organisations.access import member_of, parts_of, receivables_of
from wiadukt.shop.organisations.models import Branch, Organisation, Role

RATE = Decimal("4.3125")
KINDS = {"przelew": "transfer", "gotówka": "cash", "kompensata": "compensation", "karta": "other"}
prices = st.decimals("0.01", "99.99", places=2)
some = st.integers(0, 99)
days = st.sampled_from([-20, -1, 0, 3, 7, 14])
currencies = st.sampled_from(["PLN", "PLN", "EUR"])
forms = st.sampled_from(list(KINDS))


class World:
    """Made once for all examples."""

    road: MoneyRoad


class Accounts(RuleBasedStateMachine):
    """Two companies; the first has three branches, and each sometimes pays for the other."""

    @initialize(signs=st.sets(st.sampled_from(list(SIGNS))))
    def open_the_office(self, signs: set[str]) -> None:
        self.signs = sorted(signs)
        World.road.office.forget_queue()
        self.companies = [World.road.office.contractor() for _ in range(2)]
        self.cards = [World.road.office.article() for _ in range(3)]
        self.orders: dict[int, Ordered] = {}
        self.bills: dict[int, Bill] = {}
        self.notes: dict[int, tuple[int, list[Row]]] = {}
        self.loose: dict[int, tuple[int, str, Decimal]] = {}  # payment -> payer, currency, what is left of it
        self.charged: dict[int, Bill] = {}  # what is owed by no document
        self._take_in()
        first, second = (Organisation.objects.get(erp_id=str(one)) for one in self.companies)
        own = [first.default_branch, make.a_branch(first, "Łódź"), make.a_branch(first, "Gdynia")]
        self.branches = {self.companies[0]: own, self.companies[1]: [second.default_branch]}
        self.members = [make.a_member(f"b{n}@m{first.pk}.example", b).user for n, b in enumerate(own)]
        self.managers = {
            company: make.a_member(f"szef@m{branches[0].pk}.example", branches[0], role=Role.MANAGER).user
            for company, branches in self.branches.items()
        }
        for n in range(3):
            self.an_order_is_placed(0, n, [(4, Decimal("10.55"))])

    # Orders and goods.

    @rule(
        company=st.sampled_from([0, 0, 0, 1]),
        branch=some,
        lines=st.lists(st.tuples(st.integers(1, 9), prices), min_size=1, max_size=3),
    )
    def an_order_is_placed(self, company: int, branch: int, lines: list[tuple[int, Decimal]]) -> None:
        buyer = self.companies[company]
        order, chosen = World.road.office.order(buyer), self._one(self.branches[buyer], branch)
        made = Ordered(buyer, chosen.pk)
        for number, (quantity, price) in enumerate(lines):
            line = World.road.office.line(order, self.cards[number % 3], str(quantity), str(price))
            made.lines[line], made.left[line] = price * Decimal("1.23"), Decimal(quantity)
        self.orders[order] = made
        self._take_in()
        Order.objects.filter(erp_id=str(order)).update(branch=chosen)

    @rule(which=some, branch=some)
    def an_order_is_given_to_another_branch(self, which: int, branch: int) -> None:
        order = self._one(list(self.orders), which)
        chosen = self._one(self.branches[self.orders[order].buyer], branch)
        self.orders[order].branch = chosen.pk
        Order.objects.filter(erp_id=str(order)).update(branch=chosen)

    @precondition(lambda self: self._open_orders())
    @rule(which=some, part=st.sampled_from(["all", "half", "one"]))
    def goods_go_out_first(self, which: int, part: str) -> None:
        order = self._one(self._open_orders(), which)
        wanted, rows = self._taken([order], part, "PLN")
        self.notes[self._do(invoices.deliver, [order], wanted)] = (self.orders[order].buyer, rows)

    # Documents.

    @precondition(lambda self: self._open_orders())
    @rule(
        which=st.lists(some, min_size=1, max_size=3),
        part=st.sampled_from(["all", "half", "one"]),
        transport=st.none() | prices,
        other_pays=st.booleans(),
        currency=currencies,
        kind=st.sampled_from([SALE, SALE, SALE, RECEIPT]),
        due=days,
    )
    def goods_are_invoiced(self, which, part, transport, other_pays, currency, kind, due) -> None:
        """Of one order or several, now and then with transport that nobody ordered."""
        orders = self._together([self._one(self._open_orders(), one) for one in which])
        how = self._how(self.orders[orders[0]].buyer, other_pays, currency, due, kind, transport or NOTHING)
        wanted, rows = self._taken(orders, part, currency)
        document = self._do(invoices.issue, orders, wanted, due, how, keep=False)
        self._billed(document, self.orders[orders[0]].buyer, how, rows)

    @precondition(lambda self: self.notes)
    @rule(which=some, several=st.booleans(), other_pays=st.booleans(), currency=currencies, due=days)
    def what_went_out_is_invoiced(self, which, several, other_pays, currency, due) -> None:
        """A collective invoice: its lines know only their WZ."""
        buyer, _rows = self._one(list(self.notes.values()), which)
        chosen = sorted(note for note, (owner, _rows) in self.notes.items() if owner == buyer)
        chosen = chosen if several else chosen[:1]
        rows = [row for note in chosen for row in self.notes.pop(note)[1]]
        rows = [Row(row.order, row.quantity, self._price(row.price, currency)) for row in rows]
        how = self._how(buyer, other_pays, currency, due)
        self._billed(self._do(invoices.issue_for_notes, chosen, due, how, keep=False), buyer, how, rows)

    @rule(which=some, percent=st.sampled_from([10, 30, 33]), currency=currencies, due=days)
    def a_part_is_invoiced_in_advance(self, which, percent, currency, due) -> None:
        order = self._one(list(self.orders), which)
        own = self.orders[order]
        if any(one.is_advance and one.rows[0].order == order for one in self.bills.values()):
            currency = next(
                one.currency for one in self.bills.values() if one.is_advance and one.rows[0].order == order
            )
        how = self._how(own.buyer, False, currency, due, ADVANCE)
        ordered = {int(row["ID_POZYCJI_ZAMOWIENIA"]): row["ZAMOWIONO"] for row in self._order_lines(order)}
        rows = [
            Row(order, Decimal(1), self._price(grosz(ordered[line] * price * percent / 100), currency))
            for line, price in own.lines.items()
        ]
        document = self._do(invoices.issue_advance, order, Decimal(percent), how, keep=False)
        self._billed(document, own.buyer, how, rows)

    @precondition(lambda self: self._finals())
    @rule(which=some, shape=st.sampled_from(["rest", "whole", "paid"]), due=days, other_pays=st.booleans())
    def a_final_invoice_takes_advances_off(self, which, shape, due, other_pays) -> None:
        """However the base writes it, what was charged in advance is not owed again."""
        order = self._one(self._finals(), which)
        advances = self._advances(order)
        how = self._how(self.orders[order].buyer, other_pays, advances[0].currency, due, final=shape)
        wanted, rows = self._taken([order], "all", advances[0].currency)
        document = self._do(invoices.issue, [order], wanted, due, how, keep=False)
        for one in advances:
            one.is_taken = True
        charged = sum((sum((row.value for row in one.rows), NOTHING) for one in advances), NOTHING)
        self._billed(document, self.orders[order].buyer, how, rows, charged=charged)

    @precondition(lambda self: self._correctable())
    @rule(which=some, several=st.booleans(), mode=st.sampled_from(["zero", "down", "up"]), due=days)
    def documents_are_corrected(self, which, several, mode, due) -> None:
        """One or several at once; to zero, by a piece less, by two pieces more."""
        like = self._one(self._correctable(), which)
        others = [key for key in self._correctable() if key != like and self._alike(key, like)]
        keys = [like, *others[: 2 * several]]
        changed: list[tuple[int, Row]] = []
        for key in keys:
            found = self._written_lines(key)
            pairs = [pair for pair in zip(found, self.bills[key].rows, strict=True) if pair[1].now > 0]
            changed += pairs if mode == "zero" else pairs[:1]
            self.bills[key].is_fixed = True
        changed.sort(key=lambda pair: pair[0])
        wanted = {line: {"zero": NOTHING, "down": row.now - 1, "up": row.now + 2}[mode] for line, row in changed}
        wanted = {line: max(NOTHING, quantity) for line, quantity in wanted.items()}
        rows = [Row(row.order, wanted[line] - row.now, row.price) for line, row in changed]
        document = self._do(corrections.correct, wanted, due, keep=False)
        for line, row in changed:
            row.now = wanted[line]
        own = self.bills[like]
        how = How(days=due, payer=own.payer, currency=own.currency)
        self._billed(document, own.buyer, how, rows, is_correction=True)

    @precondition(lambda self: self.bills)
    @rule(which=some, due=days, interest=st.none() | prices)
    def the_due_day_moves_and_interest_grows(self, which, due, interest) -> None:
        key = self._one(list(self.bills), which)
        bill = self.bills[key]
        bill.due = date.today() + timedelta(days=due)
        bill.interest = interest if interest is not None else bill.interest
        self._do(invoices.set_due, key, bill.due, keep=False)
        self._do(payments.set_interest, key, bill.interest)

    @precondition(lambda self: any(self._is_free(one) for one in self.bills.values()))
    @rule(which=some)
    def the_office_deletes_a_document(self, which) -> None:
        key = self._one([key for key, one in self.bills.items() if self._is_free(one)], which)
        del self.bills[key]
        World.road.office.run('DELETE FROM dbo."DOKUMENT_HANDLOWY" WHERE "ID_DOKUMENTU_HANDLOWEGO" = %s', key)
        self._take_in()

    @precondition(lambda self: any(self._is_free(one) for one in self.bills.values()))
    @rule(which=some)
    def another_company_takes_over_a_debt(self, which) -> None:
        key = self._one([key for key, one in self.bills.items() if self._is_free(one)], which)
        one = self.bills[key]
        one.payer = self._other(one.payer)
        query = 'UPDATE dbo."DOKUMENT_HANDLOWY" SET "ID_PLATNIKA" = %s WHERE "ID_DOKUMENTU_HANDLOWEGO" = %s'
        World.road.office.run(query, one.payer, key)
        self._take_in()

    # Money.

    @precondition(lambda self: self._unsettled())
    @rule(
        which=some,
        share=st.sampled_from(["0.01", "0.3", "0.5", "1", "1", "1.2"]),
        form=forms,
        surplus=st.sampled_from(["payment", "document"]),
    )
    def a_part_is_paid(self, which, share, form, surplus) -> None:
        """A part, all of it, or too much; of a document that gives money back it is returned."""
        key = self._one(self._unsettled(), which)
        bill = self.bills[key]
        left = bill.remaining
        amount = max(Decimal("0.01"), grosz(abs(left) * Decimal(share)))
        if left < 0:
            amount = min(amount, -left)
        money = self._do(payments.pay, key, amount, form=form, surplus=surplus, keep=False)
        settles = amount if surplus == "document" else min(amount, abs(left))
        bill.paid.append(Paid(settles if left > 0 else -settles, KINDS[form], money if left > 0 else None))
        if amount > settles:
            self.loose[money] = (bill.payer, bill.currency, amount - settles)
        self._take_in()

    @rule(company=st.sampled_from([0, 0, 1]), amount=prices, form=forms, foreign=st.booleans())
    def a_payment_comes_that_nobody_assigns(self, company, amount, form, foreign) -> None:
        payer = self.companies[company]
        known = {one.currency for one in self.bills.values() if one.payer == payer}
        currency = "EUR" if foreign and "EUR" in known else "PLN"
        money = self._do(payments.receive, payer, amount, form=form, currency=currency, keep=False)
        self.loose[money] = (payer, currency, amount)
        self._take_in()

    @precondition(lambda self: self._assignable())
    @rule(which=some)
    def it_is_assigned(self, which) -> None:
        money, key = self._one(self._assignable(), which)
        payer, currency, free = self.loose.pop(money)
        bill = self.bills[key]
        amount = min(free, bill.remaining)
        bill.paid.append(Paid(amount, self._how_paid(money), money))
        if free > amount:
            self.loose[money] = (payer, currency, free - amount)
        self._do(payments.settle, money, key)

    @precondition(lambda self: self.loose)
    @rule()
    def it_is_given_back(self) -> None:
        money, _rest = self.loose.popitem()
        self._do(payments.return_money, money)

    @rule(company=st.sampled_from([0, 0, 1]), amount=prices, due=days)
    def a_note_of_interest_is_written(self, company, amount, due) -> None:
        payer = self.companies[company]
        debt = self._do(payments.charge, payer, amount, document="NO 1", days=due, keep=False)
        row, day = Row(None, Decimal(1), amount), date.today() + timedelta(days=due)
        self.charged[int(debt)] = Bill(payer, payer, [row], day, "PLN")
        self._take_in()

    @precondition(lambda self: self.charged)
    @rule()
    def it_is_owed_no_more(self) -> None:
        debt, _bill = self.charged.popitem()
        self._do(payments.discharge, debt)

    @precondition(lambda self: self._taken_parts())
    @rule(which=some)
    def a_settlement_is_taken_back(self, which) -> None:
        key, paid = self._one(self._taken_parts(), which)
        bill = self.bills[key]
        part = World.road.office.value(
            """SELECT min(r."ID_ROZLICZENIA") FROM dbo."ROZLICZENIE" r JOIN dbo."ROZRACHUNEK" s USING ("ID_ROZRACHUNKU")
            WHERE s."TYP_DOK" = 'h' AND s."ID_NAG_DOK_M" = %s AND r."ID_ROZRACHUNKU_ZWIAZEK" = %s""",
            key,
            paid.money,
        )
        bill.paid.remove(next(one for one in bill.paid if one.money == paid.money))
        _payer, _currency, free = self.loose.get(paid.money, (0, "", NOTHING))
        self.loose[paid.money] = (bill.payer, bill.currency, free + paid.amount)
        self._do(payments.take_back, int(part))

    @precondition(lambda self: self._compensable())
    @rule(which=some)
    def a_correction_is_set_off(self, which) -> None:
        key, correction = self._one(self._compensable(), which)
        amount = min(self.bills[key].remaining, -self.bills[correction].remaining)
        self.bills[key].paid.append(Paid(amount, "correction"))
        self.bills[correction].paid.append(Paid(-amount, "correction"))
        self._do(payments.set_off, key, correction)

    # What must hold after each of these.

    @invariant()
    def each_document_is_wapros_and_split_to_the_grosz(self) -> None:
        shown = {int(one.erp_id): one for one in self._shown()}
        assert set(shown) == set(self.bills)
        for key, bill in self.bills.items():
            one = shown[key]
            found = (one.total_gross, one.remaining, one.paid, one.advance, one.currency, one.due_on, one.interest)
            paid = bill.total - bill.remaining
            advance = one.advance if one.advance == NOTHING else bill.charged
            assert found == (bill.total, bill.remaining, paid, advance, bill.currency, bill.due, bill.interest)
            assert int(one.organisation.erp_id) == bill.payer
            told = Counter((part.amount, part.kind) for part in one.payments.all())
            assert told == Counter((part.amount, part.how) for part in bill.paid)
            self._check_parts(one, bill)

    def _check_parts(self, one: Invoice, bill: Bill) -> None:
        parts = {int(part.erp_order_id or 0) or None: part for part in one.shares.all()}
        exact, left = bill.shares(), bill.left()
        assert set(parts) == set(exact)
        assert sum(part.gross for part in parts.values()) == bill.total
        assert sum(part.net for part in parts.values()) == one.total_net
        assert sum(part.remaining for part in parts.values()) == bill.remaining
        for order, part in parts.items():
            assert abs(Fraction(part.gross) - exact[order]) < GROSZ
            assert abs(Fraction(part.remaining) - left[order]) <= GROSZ * (1 + len(parts))

    @invariant()
    def each_order_has_what_its_documents_carry(self) -> None:
        expected: dict[tuple[int, str], list[Fraction]] = defaultdict(lambda: [Fraction(0), Fraction(0), Fraction(0)])
        for bill in self.bills.values():
            shares, left = bill.shares(), bill.left()
            for order in shares.keys() - {None}:
                sums = expected[order, bill.currency]
                sums[0], sums[1] = sums[0] + shares[order], sums[1] + left[order]
                sums[2] += GROSZ * (1 + len(shares))
        parts = InvoiceShare.objects.filter(erp_order_id__in=[str(one) for one in self.orders]).order_by()
        rows = parts.values_list("erp_order_id", "invoice__currency").annotate(Sum("gross"), Sum("remaining"))
        found = {(int(order), currency): (gross, left) for order, currency, gross, left in rows}
        assert set(found) == set(expected)
        for key, (gross, left) in found.items():
            assert abs(Fraction(gross) - expected[key][0]) <= expected[key][2]
            assert abs(Fraction(left) - expected[key][1]) <= expected[key][2]

    @invariant()
    def each_company_owes_what_its_documents_leave(self) -> None:
        for company, user in self.managers.items():
            mine = [one for one in self._owed() if one.payer == company]
            debt = summary_of(parts_of(user), others=receivables_of(member_of(user)))
            self._compare(debt, owed_of(mine, date.today()), Fraction(0))
            assert debt.uninvoiced == sum(one.remaining for one in self.charged.values() if one.payer == company)

    @invariant()
    def each_branch_owes_the_parts_of_its_orders_and_the_default_one_the_rest(self) -> None:
        company = self.companies[0]
        mine = [one for one in self.bills.values() if one.payer == company]
        elsewhere = {order for order, one in self.orders.items() if one.buyer != company}
        most = GROSZ * sum(1 + len(one.rows) for one in mine)
        found = [summary_of(parts_of(user)) for user in self.members]
        for branch, debt in zip(self.branches[company], found, strict=True):
            orders: set[int | None] = {order for order, one in self.orders.items() if one.branch == branch.pk}
            orders |= {None} | elsewhere if branch.is_default else set()
            self._compare(debt, owed_of(mine, date.today(), orders), most)
        assert not any(receivables_of(member_of(user)) for user in self.members)
        whole = summary_of(parts_of(self.managers[company]))
        for currency in ("PLN", "EUR"):
            assert sum(self._in(one, currency).balance for one in found) == self._in(whole, currency).balance
        listed = Branch.objects.filter(pk__in=[b.pk for b in self.branches[company]])
        told = dict(by_branch(parts_of(self.managers[company]), listed))
        for branch, debt in zip(self.branches[company], found, strict=True):
            for currency in ("PLN", "EUR"):
                assert self._in(told.get(branch, Debt()), currency).balance == self._in(debt, currency).balance

    @invariant()
    def money_that_settles_nothing_is_there(self) -> None:
        rows = UnassignedPayment.objects.filter(organisation__erp_id__in=[str(one) for one in self.companies])
        found = {int(one.erp_id): (int(one.organisation.erp_id), one.currency, one.remaining) for one in rows}
        assert found == self.loose

    @invariant()
    def the_statement_ends_with_what_is_owed(self) -> None:
        for company in self.companies:
            organisation = Organisation.objects.get(erp_id=str(company))
            owed: dict[str, Decimal] = defaultdict(Decimal)
            for one in (one for one in self._owed() if one.payer == company):
                owed[one.currency] += one.remaining
            for _payer, currency, left in (one for one in self.loose.values() if one[0] == company):
                owed[currency] -= left
            for first in (date(2026, 1, 1), date.today() + timedelta(days=1)):
                found = statements_of(organisation, first, date.today() + timedelta(days=1))
                assert {one.currency for one in found} == {"PLN", *owed}
                assert all(one.closing == owed[one.currency] for one in found)

    # How it is done.

    def _do(self, deed: Callable[..., Any], *words: Any, keep: bool = True, **named: Any) -> Any:
        """A deed of the office. With `keep` the shop takes it in at once; else its caller sees to that, when the model
        has followed."""
        done = World.road.do(deed, *words, **named)
        if keep:
            self._take_in()
        return done

    def _take_in(self) -> None:
        World.road.take_in(self.signs)

    def _billed(self, document: int, buyer: int, how: How, rows: list[Row], **more: Any) -> None:
        """The model follows a new document, then the shop takes it in. A receipt is no bill."""
        if how.kind != RECEIPT:
            transport = self._price(grosz(how.transport * Decimal("1.23")), how.currency)
            rows = [*rows, Row(None, Decimal(1), transport)] if transport else rows
            due, is_advance = date.today() + timedelta(days=how.days), how.kind == ADVANCE
            is_fixed = is_advance or bool(more.get("charged")) or bool(more.get("is_correction"))
            payer = how.payer or buyer
            bill = Bill(buyer, payer, rows, due, how.currency, is_advance=is_advance, is_fixed=is_fixed, **more)
            self.bills[int(document)] = bill
        self._take_in()

    def _how(self, buyer, other_pays, currency, due, kind=SALE, transport=NOTHING, final="") -> How:
        payer = self._other(buyer) if other_pays else None
        rate = RATE if currency == "EUR" else Decimal(1)
        return How(due, kind, payer, currency, rate, transport, final)

    @staticmethod
    def _price(price: Decimal, currency: str) -> Decimal:
        return grosz(price / RATE) if currency == "EUR" else price

    def _taken(self, orders: Iterable[int], part: str, currency: str) -> tuple[dict[int, Decimal], list[Row]]:
        """How much of each line goes out, and the rows that it makes."""
        wanted, rows = {}, []
        lines = sorted((line, order) for order in orders for line in self.orders[order].lines)
        for line, order in lines:
            own = self.orders[order]
            quantity = {"all": own.left[line], "half": own.left[line] // 2, "one": min(own.left[line], Decimal(1))}[
                part
            ]
            if quantity:
                wanted[line] = quantity
        if not wanted:
            wanted = {line: self.orders[order].left[line] for line, order in lines if self.orders[order].left[line]}
        for line, order in lines:
            if line in wanted:
                self.orders[order].left[line] -= wanted[line]
                rows.append(Row(order, wanted[line], self._price(self.orders[order].lines[line], currency)))
        return wanted, rows

    @staticmethod
    def _one(found: list[Any], which: int) -> Any:
        return found[which % len(found)]

    def _other(self, company: int) -> int:
        return self.companies[1 - self.companies.index(company)]

    def _open_orders(self) -> list[int]:
        return [order for order, one in self.orders.items() if any(one.left.values())]

    def _together(self, orders: list[int]) -> list[int]:
        """Those of the first one's buyer, each once."""
        buyer = self.orders[orders[0]].buyer
        return list(dict.fromkeys(order for order in orders if self.orders[order].buyer == buyer))

    def _advances(self, order: int) -> list[Bill]:
        """Advance bills of an order that no final one has taken off."""
        return [
            one for one in self.bills.values() if one.is_advance and one.rows[0].order == order and not one.is_taken
        ]

    def _finals(self) -> list[int]:
        """Orders of which enough is left to take their advances off."""
        found = []
        for order in self._open_orders():
            advances, own = self._advances(order), self.orders[order]
            if advances:
                currency = advances[0].currency
                values = (grosz(own.left[line] * self._price(price, currency)) for line, price in own.lines.items())
                worth = sum(values, NOTHING)
                if worth >= sum((row.value for one in advances for row in one.rows), NOTHING):
                    found.append(order)
        return found

    def _correctable(self) -> list[int]:
        return [
            key
            for key, one in self.bills.items()
            if not one.is_correction and not one.is_advance and any(row.now > 0 for row in one.rows)
        ]

    def _alike(self, key: int, like: int) -> bool:
        one, other = self.bills[key], self.bills[like]
        return (one.buyer, one.payer, one.currency) == (other.buyer, other.payer, other.currency)

    def _owed(self) -> list[Bill]:
        return [*self.bills.values(), *self.charged.values()]

    def _unsettled(self) -> list[int]:
        return [key for key, one in self.bills.items() if one.remaining]

    def _assignable(self) -> list[tuple[int, int]]:
        return [
            (money, key)
            for money, (payer, currency, _left) in self.loose.items()
            for key, one in self.bills.items()
            if (one.payer, one.currency) == (payer, currency) and one.remaining > 0
        ]

    def _taken_parts(self) -> list[tuple[int, Paid]]:
        return [(key, paid) for key, one in self.bills.items() for paid in one.paid if paid.money]

    def _compensable(self) -> list[tuple[int, int]]:
        return [
            (key, other)
            for key, one in self.bills.items()
            for other, back in self.bills.items()
            if back.is_correction
            and back.remaining < 0 < one.remaining
            and (one.payer, one.currency) == (back.payer, back.currency)
        ]

    @staticmethod
    def _is_free(bill: Bill) -> bool:
        return not bill.is_fixed and not bill.paid

    def _written_lines(self, key: int) -> list[int]:
        return [int(one["ID_POZ_DOK_MAG"]) for one in World.road.do(corrections.lines_of, [key])]

    def _order_lines(self, order: int) -> list[dict[str, Any]]:
        return World.road.office.rows('SELECT * FROM dbo."POZYCJA_ZAMOWIENIA" WHERE "ID_ZAMOWIENIA" = %s', order)

    def _how_paid(self, money: int) -> str:
        form = World.road.office.value(
            'SELECT "FORMA_PLATNOSCI" FROM dbo."ROZRACHUNEK" WHERE "ID_ROZRACHUNKU" = %s', money
        )
        return KINDS[form]

    def _shown(self) -> list[Invoice]:
        own = Invoice.objects.filter(organisation__erp_id__in=[str(one) for one in self.companies])
        return list(own.select_related("organisation").prefetch_related("shares", "payments"))

    @staticmethod
    def _in(debt: Debt, currency: str) -> Debt:
        return next((one for one in (debt, *debt.others) if one.currency == currency), Debt())

    def _compare(self, debt: Debt, owed: dict[str, Owed], most: Fraction) -> None:
        assert {one.currency for one in debt.others} <= set(owed)
        for currency in ("PLN", "EUR"):
            found, exact = self._in(debt, currency), owed.get(currency, Owed())
            for name in ("overdue", "soon", "later", "credit"):
                assert abs(Fraction(getattr(found, name)) - getattr(exact, name)) <= most, (currency, name)
