"""Sums over invoices, as the buyer asks: how much is overdue, how much is due soon, how much in all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Min, Q, Sum
from django.utils import timezone

from wiadukt.shop.invoices.models import InvoiceQuerySet

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Debt:
    """Amounts still to be paid; `since` is the oldest overdue day."""

    overdue: Decimal
    overdue_count: int
    since: date | None
    soon: Decimal
    later: Decimal

    @property
    def total(self) -> Decimal:
        return self.overdue + self.soon + self.later


def summary_of(invoices: InvoiceQuerySet, today: date | None = None) -> Debt:
    """One query over these invoices, corrections (negative remaining) included in none of the sums."""
    today = today or timezone.localdate()
    overdue = Q(due_on__lt=today)
    soon = Q(due_on__gte=today, due_on__lte=today + SOON)
    found = (
        invoices.filter(remaining__gt=0)
        .order_by()
        .aggregate(
            overdue=Sum("remaining", filter=overdue, default=Decimal(0)),
            overdue_count=Count("id", filter=overdue),
            since=Min("due_on", filter=overdue),
            soon=Sum("remaining", filter=soon, default=Decimal(0)),
            later=Sum("remaining", filter=Q(due_on__gt=today + SOON), default=Decimal(0)),
        )
    )
    return Debt(**found)
