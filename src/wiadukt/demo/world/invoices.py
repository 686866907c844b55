"""Which trade documents a year of deliveries made: their shapes, before they are numbered and written.

One or several an order, one for several orders, goods issued first, advance, receipt, correction, not yet invoiced.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta

from wiadukt.demo.world.customers import RETAIL
from wiadukt.demo.world.documents import ADVANCE, CORRECTION, RECEIPT, SALE, Draft, DraftLine, Issue, write_documents
from wiadukt.demo.world.goods import TRANSPORT, Article
from wiadukt.demo.world.orders import Made, MadeLine
from wiadukt.demo.world.payments import pay
from wiadukt.demo.world.rows import Rows

TOGETHER_WITHIN = timedelta(days=30)


def make_invoices(rows: Rows, rng: random.Random, orders: list[Made], *, today: date, transport: Article) -> None:
    """Documents and payments for everything that was delivered."""
    planner = _Planner(rows, rng, today, transport)
    for order in orders:
        if order.delivered:
            planner.plan(order)
    planner.close()
    for draft in planner.drafts:
        pay(rng, draft, today)
    write_documents(rows, planner.drafts, planner.issues)


class _Planner:
    """Chooses a shape for each order; a few wait to share an invoice with the buyer's next one."""

    def __init__(self, rows: Rows, rng: random.Random, today: date, transport: Article) -> None:
        self.rows, self.rng, self.today, self.transport = rows, rng, today, transport
        self.drafts: list[Draft] = []
        self.issues: list[Issue] = []
        self.waiting: dict[int, Made] = {}

    def plan(self, order: Made) -> None:
        age = (self.today - order.day).days
        day = self._not_after_yesterday(order.day + timedelta(days=self.rng.randint(5, 16)))
        partner = self.waiting.pop(order.buyer.id, None)
        if partner is not None and order.day - partner.day > TOGETHER_WITHIN:
            self._goods_first([partner], partner.day + timedelta(days=14))
            partner = None
        chance = self.rng.random()
        if partner is not None:
            self._goods_first([partner, order], day)
        elif not order.finished:
            self._sale(order, day, _delivered(order))
        elif chance < 0.12 and age > 60:
            self.waiting[order.buyer.id] = order
        elif chance < 0.27:
            self._in_two(order, day)
        elif chance < 0.31:
            self._advance(order, day)
        elif chance < 0.38:
            self._goods_first([order], day)
        elif age <= 35 and chance < 0.6:
            self._issue(order, day, None)
        elif order.buyer.group == RETAIL and chance > 0.75:
            self._sale(order, day, _delivered(order), kind=RECEIPT)
        else:
            self._sale(order, day, _delivered(order))

    def close(self) -> None:
        """Who waited in vain gets his own invoice; then one sale in thirty is corrected."""
        for order in self.waiting.values():
            self._goods_first([order], order.day + timedelta(days=14))
        for draft in list(self.drafts):
            settled_down = (self.today - draft.day).days > 20
            if draft.kind == SALE and settled_down and self.rng.random() < 0.033:
                self._correct(draft)

    def _not_after_yesterday(self, day: date) -> date:
        return min(self.today - timedelta(days=1), day)

    def _lines(self, pairs: Iterable[tuple[MadeLine, int]]) -> list[DraftLine]:
        return [DraftLine(self.rows.new_id(), line, quantity) for line, quantity in pairs if quantity]

    def _sale(self, order: Made, day: date, pairs: list[tuple[MadeLine, int]], *, kind: int = SALE) -> None:
        """Goods and document on one day: the lines stand on both. Now and then with transport, which nobody ordered."""
        draft = Draft(self.rows.new_id(), order.buyer, day, kind, self._lines(pairs))
        self.issues.append(Issue(self.rows.new_id(), order.buyer, day, list(draft.lines), draft, on_both=True))
        if kind == SALE and self.rng.random() < 0.08:
            service = MadeLine(0, self.transport, 1, self.transport.nets[order.buyer.group])
            draft.lines.append(DraftLine(self.rows.new_id(), service, 1))
        self.drafts.append(draft)

    def _in_two(self, order: Made, day: date) -> None:
        later = self._not_after_yesterday(day + timedelta(days=6))
        self._sale(order, day, [(line, (line.quantity + 1) // 2) for line in order.lines])
        rest = [(line, line.quantity // 2) for line in order.lines if line.quantity > 1]
        if rest:
            self._sale(order, later, rest)

    def _advance(self, order: Made, day: date) -> None:
        """The first line is paid in advance and delivered with the rest, which comes on the final invoice."""
        first, *rest = _delivered(order)
        start = self._not_after_yesterday(order.day + timedelta(days=1))
        advance = Draft(self.rows.new_id(), order.buyer, start, ADVANCE, self._lines([first]))
        self.drafts.append(advance)
        self.issues.append(Issue(self.rows.new_id(), order.buyer, day, list(advance.lines), advance, on_both=True))
        if rest:
            self._sale(order, day, rest)

    def _goods_first(self, orders: list[Made], day: date) -> None:
        """Goods went out by order; one invoice came later, and its lines know only their warehouse documents."""
        draft = Draft(self.rows.new_id(), orders[0].buyer, day, SALE, [])
        for order in orders:
            gone = min(day, order.day + timedelta(days=self.rng.randint(3, 5)))
            draft.lines += self._issue(order, gone, draft).lines
        self.drafts.append(draft)

    def _issue(self, order: Made, day: date, draft: Draft | None) -> Issue:
        issue = Issue(self.rows.new_id(), order.buyer, day, self._lines(_delivered(order)), draft)
        self.issues.append(issue)
        return issue

    def _correct(self, draft: Draft) -> None:
        """Some pieces of the first line came back."""
        wrong = draft.lines[0]
        back = DraftLine(self.rows.new_id(), wrong.line, -max(1, wrong.quantity // 4), corrects=wrong.id)
        day = draft.day + timedelta(days=self.rng.randint(5, 15))
        self.drafts.append(Draft(self.rows.new_id(), draft.buyer, day, CORRECTION, [back], corrects=draft.id))


def _delivered(order: Made) -> list[tuple[MadeLine, int]]:
    return [(line, line.realised) for line in order.lines if line.realised]


def transport_of(articles: list[Article]) -> Article:
    """The service that stands on invoices without an order."""
    return next(article for article in articles if article.index == TRANSPORT.index)
