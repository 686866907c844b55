"""Sums over parts of invoices, as people ask: how much is overdue, how much is due soon, how much in all, by whom.

Each sum is over parts (`InvoiceShare`), so that a branch's sums hold what is the branch's, and all branches' sums add
up to the company's. Amounts of different currencies are never added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.utils import timezone

from wiadukt.contract.money import BASE_CURRENCY
from wiadukt.shop.invoices.models import ShareQuerySet
from wiadukt.shop.organisations.models import Branch

SOON = timedelta(days=7)
NOTHING = Decimal(0)
# Days overdue from which a group begins.
AGES = (1, 31, 61, 91)
AGE_SPANS = tuple(zip(AGES, (*(following - 1 for following in AGES[1:]), None), strict=True))
"""Days overdue of each group, from and to; None is no end."""
AGE_NAMES = tuple(f"{first}–{last}" if last else f"{first}+" for first, last in AGE_SPANS)


@dataclass(frozen=True)
class Debt:
    """Amounts still to be paid in one currency; `since` is the oldest overdue day. `credit`: what corrections give back
    and is not settled yet, positive. `ages`: the overdue by how late it is, see AGES. `uninvoiced`: what of the total
    is owed by no invoice. `others`: in other currencies."""

    overdue: Decimal = NOTHING
    overdue_count: int = 0
    since: date | None = None
    soon: Decimal = NOTHING
    later: Decimal = NOTHING
    credit: Decimal = NOTHING
    ages: tuple[Decimal, ...] = (NOTHING,) * len(AGES)
    uninvoiced: Decimal = NOTHING
    currency: str = BASE_CURRENCY
    others: tuple[Debt, ...] = ()

    def plus(self, other: Debt) -> Debt:
        """Both, of one currency."""
        names = ("overdue", "overdue_count", "soon", "later", "credit", "uninvoiced")
        return replace(
            self,
            **{name: getattr(self, name) + getattr(other, name) for name in names},
            since=min(filter(None, (self.since, other.since)), default=None),
            ages=tuple(one + two for one, two in zip(self.ages, other.ages, strict=True)),
        )

    @property
    def total(self) -> Decimal:
        return self.overdue + self.soon + self.later

    @property
    def late(self) -> tuple[Debt, ...]:
        """What is overdue, by currency."""
        return tuple(debt for debt in (self, *self.others) if debt.overdue_count)

    @property
    def late_count(self) -> int:
        return sum(debt.overdue_count for debt in self.late)

    @property
    def late_since(self) -> date | None:
        """The oldest overdue day, in whatever currency."""
        return min((debt.since for debt in self.late if debt.since), default=None)

    def days_late(self, today: date) -> int:
        """Of what is late the longest, in whatever currency; 0 when nothing is."""
        return (today - self.late_since).days if self.late_since else 0

    @property
    def aged(self) -> list[tuple[str, Decimal]]:
        """Each group's name and amount."""
        return list(zip(AGE_NAMES, self.ages, strict=True))

    @property
    def not_due(self) -> Decimal:
        return self.soon + self.later

    @property
    def balance(self) -> Decimal:
        """What is owed when everything is settled with everything."""
        return self.total - self.credit


def summary_of(parts: ShareQuerySet, today: date | None = None, *, others: QuerySet[Any] | None = None) -> Debt:
    """Over these parts, and over `others`, what is owed by no invoice; a query each. The base currency, with the other
    ones beside."""
    found = debts_by(parts, (), today).get((), [])
    return together([*found, *([] if others is None else debts_of(others, (), today).get((), []))])


def together(debts: Iterable[Debt]) -> Debt:
    """All of these: the base currency, with the others beside."""
    by_currency: dict[str, Debt] = {BASE_CURRENCY: Debt()}
    for debt in (part for one in debts for part in (replace(one, others=()), *one.others)):
        known = by_currency.get(debt.currency)
        by_currency[debt.currency] = known.plus(debt) if known else debt
    base = by_currency.pop(BASE_CURRENCY)
    return replace(base, others=tuple(by_currency[key] for key in sorted(by_currency)))


@dataclass(frozen=True)
class _Fields:
    """Where a row has what the sums are made of; `counted` tells documents apart."""

    due: str
    left: str
    currency: str
    counted: str


PARTS = _Fields("invoice__due_on", "invoice__remaining", "invoice__currency", "invoice")
OTHERS = _Fields("due_on", "remaining", "currency", "pk")


def debts_by(parts: ShareQuerySet, keys: Iterable[str], today: date | None = None) -> dict[tuple[Any, ...], list[Debt]]:
    """Sums by these fields of the parts, each by currency; one query. What is settled is in none of them."""
    return _debts(parts.exclude(invoice__remaining=0), PARTS, tuple(keys), today)


def debts_of(
    others: QuerySet[Any], keys: Iterable[str], today: date | None = None
) -> dict[tuple[Any, ...], list[Debt]]:
    """The same of what is owed by no invoice; what has no due date is not late."""
    found = _debts(others, OTHERS, tuple(keys), today)
    return {key: [replace(debt, uninvoiced=debt.total) for debt in debts] for key, debts in found.items()}


def _debts(
    rows: QuerySet[Any], of: _Fields, keys: tuple[str, ...], today: date | None
) -> dict[tuple[Any, ...], list[Debt]]:
    today = today or timezone.localdate()
    opened, overdue = Q(**{f"{of.left}__gt": 0}), Q(**{f"{of.due}__lt": today})
    later = Q(**{f"{of.due}__gt": today + SOON}) | Q(**{of.due: None})
    sums = {
        "overdue": Sum("remaining", filter=opened & overdue, default=NOTHING),
        "overdue_count": Count(of.counted, filter=opened & overdue, distinct=True),
        "since": Min(of.due, filter=opened & overdue),
        "soon": Sum("remaining", filter=opened & ~overdue & ~later, default=NOTHING),
        "later": Sum("remaining", filter=opened & later, default=NOTHING),
        "credit": -Sum("remaining", filter=~opened, default=NOTHING),
    }
    for first, following in zip(AGES, (*AGES[1:], None), strict=True):
        aged = Q(**{f"{of.due}__lte": today - timedelta(days=first)})
        if following is not None:
            aged &= Q(**{f"{of.due}__gt": today - timedelta(days=following)})
        sums[f"age_{first}"] = Sum("remaining", filter=opened & aged, default=NOTHING)
    found: dict[tuple[Any, ...], list[Debt]] = {}
    for row in rows.order_by().values(of.currency, *keys).annotate(**sums):
        found.setdefault(tuple(row[name] for name in keys), []).append(_debt(row, row[of.currency]))
    return found


def _debt(row: dict[str, Any], currency: str) -> Debt:
    own = {name: row[name] for name in ("overdue", "overdue_count", "since", "soon", "later", "credit")}
    return Debt(**own, ages=tuple(row[f"age_{first}"] for first in AGES), currency=currency)


@dataclass(frozen=True)
class Age:
    """A bar of the chart: days overdue from, to (None: and more); 0 is what is not due yet; percent of the longest."""

    first: int
    last: int | None
    amount: Decimal
    percent: int

    @property
    def view(self) -> str:
        """The list of invoices that shows it; empty for what is not due."""
        return f"late-{self.first}" if self.first else ""


@dataclass(frozen=True)
class Ages:
    """The chart of one currency."""

    currency: str
    bars: tuple[Age, ...]


def ages_of(debt: Debt) -> list[Ages]:
    """A chart for each currency in which anything is to be paid, the base currency's always and first."""
    return [Ages(one.currency, _bars(one)) for one in (debt, *(other for other in debt.others if other.total))]


def _bars(debt: Debt) -> tuple[Age, ...]:
    """What is not due, then the overdue by how late it is."""
    groups: list[tuple[int, int | None, Decimal]] = [(0, 0, debt.not_due)]
    groups += [(*span, amount) for span, amount in zip(AGE_SPANS, debt.ages, strict=True)]
    longest = max((amount for _first, _last, amount in groups), default=NOTHING)
    return tuple(Age(*group, percent=int(group[2] / longest * 100) if longest else 0) for group in groups)


def by_branch(
    parts: ShareQuerySet, branches: Iterable[Branch], loose: Iterable[Debt] = ()
) -> list[tuple[Branch | None, Debt]]:
    """Each of these branches that owes or is owed anything, with its sums, then what is of no branch; one query."""
    found = {key[0]: together(debts) for key, debts in debts_by(parts.with_branch(), ("branch_id",)).items()}
    sums: list[tuple[Branch | None, Debt]] = [(one, found[one.pk]) for one in branches if one.pk in found]
    return [*sums, (None, together(loose))] if loose else sums
