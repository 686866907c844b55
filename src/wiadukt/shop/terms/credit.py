"""How much of a buyer's credit limit is used (the rule is in docs/prices.md).

WAPRO keeps the limit in its base currency, and states in it what a document in another one is worth. That counts;
nothing is converted here, and what WAPRO states no amount of is left out and told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest
from oscar.core.loading import get_model

from wiadukt.contract.money import BASE_CURRENCY
from wiadukt.contract.states import OrderState
from wiadukt.shop.invoices.models import InvoiceShare
from wiadukt.shop.invoices.money import Debt, summary_of
from wiadukt.shop.organisations.approval import UNPLACED
from wiadukt.shop.organisations.models import Organisation

MONEY: DecimalField = DecimalField(max_digits=16, decimal_places=2)
NOTHING = Decimal(0)
CLOSED = (OrderState.CANCELLED.value, OrderState.FINISHED.value)


@dataclass(frozen=True)
class Used:
    """A sum in the base currency; `unstated`: what of other currencies WAPRO gives no such amount of, by currency."""

    amount: Decimal
    unstated: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True)
class Credit:
    """`limit` None: none is set. `debt`: what is to be paid, by currency, and `owed` the same in the base
    currency; `ordered`: orders not invoiced yet. Gross."""

    limit: Decimal | None
    debt: Debt
    owed: Used
    ordered: Used

    @property
    def used(self) -> Decimal:
        return self.owed.amount + self.ordered.amount

    @property
    def unstated(self) -> tuple[tuple[str, Decimal], ...]:
        """Currency and amount of what is not in the sum."""
        return (*self.owed.unstated, *self.ordered.unstated)

    @property
    def left(self) -> Decimal | None:
        """Below nothing when the limit is exceeded."""
        return None if self.limit is None else self.limit - self.used

    @property
    def percent(self) -> int:
        """For a bar: 0 to 100."""
        if not self.limit:
            return 0
        return int(min(Decimal(100), self.used / self.limit * 100))

    @property
    def is_exceeded(self) -> bool:
        return self.left is not None and self.left < 0


def credit_of(organisation: Organisation, today: date | None = None) -> Credit:
    """Five queries. An invoice belongs to its payer, an order to its buyer."""
    parts = InvoiceShare.objects.filter(invoice__organisation=organisation)
    return Credit(
        limit=organisation.credit_limit,
        debt=summary_of(parts, today, others=organisation.receivables.all()),
        owed=_owed(organisation),
        ordered=_not_invoiced(organisation),
    )


def _owed(organisation: Organisation) -> Used:
    """What open invoices leave to be paid, and what is owed by none."""
    worth = Case(When(currency=BASE_CURRENCY, then=F("remaining")), default=F("base_remaining"), output_field=MONEY)
    of_invoices, others = (
        _summed(rows.annotate(worth=worth, counted=worth), own="remaining")
        for rows in (organisation.invoices.open(), organisation.receivables.all())
    )
    return Used(of_invoices.amount + others.amount, (*of_invoices.unstated, *others.unstated))


def _not_invoiced(organisation: Organisation) -> Used:
    """Of each open order the part that no invoice carries; an order that is finished or cancelled owes nothing."""
    parts = InvoiceShare.objects.filter(erp_order_id=OuterRef("erp_id")).order_by()
    in_base = Case(When(invoice__currency=BASE_CURRENCY, then=F("gross")), default=F("base_gross"))
    invoiced = Subquery(parts.values("erp_order_id").annotate(sum=Sum(in_base)).values("sum"), output_field=MONEY)
    orders = get_model("order", "Order").objects.filter(organisation=organisation, is_gone=False)
    orders = orders.exclude(approval__in=UNPLACED).exclude(erp_state__in=CLOSED)
    worth = Case(When(currency=BASE_CURRENCY, then=F("total_incl_tax")), default=F("base_gross"), output_field=MONEY)
    counted = Greatest(worth - Coalesce(invoiced, Value(NOTHING)), Value(NOTHING), output_field=MONEY)
    return _summed(orders.annotate(worth=worth, counted=counted), own="total_incl_tax")


def _summed(rows: QuerySet[Any], *, own: str) -> Used:
    """What is `counted` of these in the base currency, and `own` of those that are `worth` nothing that is known."""
    sums = {
        "base": Sum("counted", default=NOTHING),
        "unstated": Sum(own, filter=Q(worth=None), default=NOTHING),
    }
    found = list(rows.order_by().values("currency").annotate(**sums))
    unstated = tuple((row["currency"], row["unstated"]) for row in found if row["unstated"])
    return Used(sum((row["base"] for row in found), NOTHING), unstated)
