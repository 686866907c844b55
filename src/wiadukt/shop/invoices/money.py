"""Sums over parts of invoices, as people ask: how much is overdue, how much is due soon, how much in all, by whom.

Each sum is over parts (`InvoiceShare`), so that a branch's sums hold what is the branch's, and all branches' sums add
up to the company's. Amounts of different currencies are never added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min, Q, Sum
from django.utils import timezone

from wiadukt.shop.invoices.models import ShareQuerySet
from wiadukt.shop.organisations.models import Branch

SOON = timedelta(days=7)
BASE_CURRENCY = "PLN"
NOTHING = Decimal(0)
# Days overdue from which a group begins.
AGES = (1, 31, 61, 91)
AGE_SPANS = tuple(zip(AGES, (*(following - 1 for following in AGES[1:]), None), strict=True))
"""Days overdue of each group, from and to; None is no end."""


@dataclass(frozen=True)
class Debt:
    """Amounts still to be paid in one currency; `since` is the oldest overdue day. `credit`: what corrections give back
    and is not settled yet, positive. `ages`: the overdue by how late it is, see AGES. `others`: in other currencies."""

    overdue: Decimal = NOTHING
    overdue_count: int = 0
    since: date | None = None
    soon: Decimal = NOTHING
    later: Decimal = NOTHING
    credit: Decimal = NOTHING
    ages: tuple[Decimal, ...] = (NOTHING,) * len(AGES)
    currency: str = BASE_CURRENCY
    others: tuple[Debt, ...] = ()

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
    def not_due(self) -> Decimal:
        return self.soon + self.later

    @property
    def balance(self) -> Decimal:
        """What is owed when everything is settled with everything."""
        return self.total - self.credit


def summary_of(parts: ShareQuerySet, today: date | None = None) -> Debt:
    """One query over these parts; the base currency, with the others beside."""
    return together(debts_by(parts, (), today).get((), ()))


def together(debts: Iterable[Debt]) -> Debt:
    """Of several currencies: the base currency, with the others beside."""
    by_currency = {debt.currency: debt for debt in debts}
    base = by_currency.pop(BASE_CURRENCY, Debt())
    return replace(base, others=tuple(by_currency[key] for key in sorted(by_currency)))


def debts_by(parts: ShareQuerySet, keys: Iterable[str], today: date | None = None) -> dict[tuple[Any, ...], list[Debt]]:
    """Sums by these fields of the parts, each by currency; one query. What is settled is in none of them."""
    today = today or timezone.localdate()
    names = tuple(keys)
    opened, overdue = Q(invoice__remaining__gt=0), Q(invoice__due_on__lt=today)
    later = Q(invoice__due_on__gt=today + SOON)
    sums = {
        "overdue": Sum("remaining", filter=opened & overdue, default=NOTHING),
        "overdue_count": Count("invoice", filter=opened & overdue, distinct=True),
        "since": Min("invoice__due_on", filter=opened & overdue),
        "soon": Sum("remaining", filter=opened & ~overdue & ~later, default=NOTHING),
        "later": Sum("remaining", filter=opened & later, default=NOTHING),
        "credit": -Sum("remaining", filter=~opened, default=NOTHING),
    }
    for first, following in zip(AGES, (*AGES[1:], None), strict=True):
        aged = Q(invoice__due_on__lte=today - timedelta(days=first))
        if following is not None:
            aged &= Q(invoice__due_on__gt=today - timedelta(days=following))
        sums[f"age_{first}"] = Sum("remaining", filter=opened & aged, default=NOTHING)
    grouped = parts.exclude(invoice__remaining=0).order_by().values("invoice__currency", *names).annotate(**sums)
    found: dict[tuple[Any, ...], list[Debt]] = {}
    for row in grouped:
        found.setdefault(tuple(row[name] for name in names), []).append(_debt(row))
    return found


def _debt(row: dict[str, Any]) -> Debt:
    own = {field.name: row[field.name] for field in fields(Debt) if field.name in row}
    ages = tuple(row[f"age_{first}"] for first in AGES)
    return Debt(**own, ages=ages, currency=row["invoice__currency"])


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


def ages_of(debt: Debt) -> list[Age]:
    """What is not due, then the overdue by how late it is."""
    groups: list[tuple[int, int | None, Decimal]] = [(0, 0, debt.not_due)]
    groups += [(*span, amount) for span, amount in zip(AGE_SPANS, debt.ages, strict=True)]
    longest = max((amount for _first, _last, amount in groups), default=NOTHING)
    return [Age(*group, percent=int(group[2] / longest * 100) if longest else 0) for group in groups]


def by_branch(parts: ShareQuerySet, branches: Iterable[Branch]) -> list[tuple[Branch, Debt]]:
    """Each of these branches that owes or is owed anything, with its sums; one query."""
    found = {key[0]: together(debts) for key, debts in debts_by(parts.with_branch(), ("branch_id",)).items()}
    return [(branch, found[branch.pk]) for branch in branches if branch.pk in found]
