"""Which part of an invoice belongs to which order, and the one payment state of an order that follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wiadukt.contract import shares
from wiadukt.contract.invoice import Invoice as ErpInvoice
from wiadukt.shop.invoices.models import Invoice, InvoiceQuerySet, InvoiceShare

NOTHING = Decimal(0)
STATE_WORDS = {
    "none": _("not invoiced"),
    "open": _("to be paid"),
    "partly": _("partly paid"),
    "overdue": _("overdue"),
    "paid": _("paid"),
}


def keep_shares(invoice: Invoice, erp_invoice: ErpInvoice) -> None:
    """Writes the parts of this invoice where they differ from what is there."""
    wanted = [(one.order_id, one.net, one.gross, one.remaining) for one in shares.shares_of(erp_invoice)]
    there = invoice.shares.order_by("erp_order_id").values_list("erp_order_id", "net", "gross", "remaining")
    if list(there) != wanted:
        invoice.shares.all().delete()
        InvoiceShare.objects.bulk_create(
            InvoiceShare(invoice=invoice, erp_order_id=order_id, net=net, gross=gross, remaining=remaining)
            for order_id, net, gross, remaining in wanted
        )


@dataclass(frozen=True)
class OrderPayment:
    """How an order stands with payments, in the currency of its invoices. `state` is a key of STATE_WORDS."""

    state: str
    invoiced: Decimal = NOTHING
    remaining: Decimal = NOTHING
    days_overdue: int = 0
    is_whole: bool = False

    @property
    def words(self) -> Any:
        return STATE_WORDS[self.state]

    @property
    def paid(self) -> Decimal:
        return self.invoiced - self.remaining


def parts_of(order: Any, invoices: InvoiceQuerySet) -> list[InvoiceShare]:
    """One part for each of these invoices that carries the order, newest first."""
    if not order.erp_id:
        return []
    found = InvoiceShare.objects.filter(erp_order_id=order.erp_id, invoice__in=invoices.order_by())
    ready = found.select_related("invoice").prefetch_related("invoice__payments")
    return list(ready.order_by("-invoice__issued_on", "-invoice_id"))


def payment_of(order: Any, parts: Iterable[InvoiceShare]) -> OrderPayment:
    """Corrections count with their sign. Paid is who owes nothing, however much is invoiced; `is_whole` tells whether
    everything ordered is invoiced."""
    found = list(parts)
    if not found:
        return OrderPayment("none")
    today = timezone.localdate()
    invoiced = sum((part.gross for part in found), NOTHING)
    remaining = sum((part.remaining for part in found), NOTHING)
    late = [(today - part.invoice.due_on).days for part in found if part.invoice.remaining > 0 and part.remaining > 0]
    days = max([0, *late])
    if remaining <= 0:
        state, days = "paid", 0
    elif days:
        state = "overdue"
    else:
        state = "partly" if remaining < invoiced else "open"
    return OrderPayment(state, invoiced, remaining, days, is_whole=invoiced >= order.total_incl_tax)
