"""How much of a buyer's credit limit is used (the rule is in docs/prices.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Greatest
from oscar.core.loading import get_model

from wiadukt.contract.states import OrderState
from wiadukt.shop.invoices.models import InvoiceShare
from wiadukt.shop.invoices.money import Debt, summary_of
from wiadukt.shop.organisations.approval import UNPLACED
from wiadukt.shop.organisations.models import Organisation

MONEY: DecimalField = DecimalField(max_digits=16, decimal_places=2)
NOTHING = Decimal(0)
CLOSED = (OrderState.CANCELLED.value, OrderState.FINISHED.value)


@dataclass(frozen=True)
class Credit:
    """`limit` None: none is set. `debt`: what invoices leave to be paid; `ordered`: orders not invoiced yet. Gross."""

    limit: Decimal | None
    debt: Debt
    ordered: Decimal

    @property
    def used(self) -> Decimal:
        return self.debt.total + self.ordered

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
    """Two queries. An invoice belongs to its payer, an order to its buyer."""
    debt = summary_of(InvoiceShare.objects.filter(invoice__organisation=organisation), today)
    return Credit(limit=organisation.credit_limit, debt=debt, ordered=_not_invoiced(organisation))


def _not_invoiced(organisation: Organisation) -> Decimal:
    """Of each open order the part that no invoice carries; an order that is finished or cancelled owes nothing."""
    parts = InvoiceShare.objects.filter(erp_order_id=OuterRef("erp_id")).order_by()
    invoiced = parts.values("erp_order_id").annotate(sum=Sum("gross")).values("sum")
    orders = get_model("order", "Order").objects.filter(organisation=organisation, is_gone=False)
    orders = orders.exclude(approval__in=UNPLACED)
    left = Greatest(
        F("total_incl_tax") - Coalesce(Subquery(invoiced, output_field=MONEY), Value(NOTHING)),
        Value(NOTHING),
        output_field=MONEY,
    )
    found: Decimal = orders.exclude(erp_state__in=CLOSED).order_by().aggregate(sum=Sum(left, default=NOTHING))["sum"]
    return found
