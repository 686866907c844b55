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
from wiadukt.shop.invoices.money import BASE_CURRENCY

NOTHING = Decimal(0)
SHARE_FIELDS = ("erp_order_id", "net", "gross", "remaining", "base_gross")
STATE_WORDS = {
    "none": _("not invoiced"),
    "open": _("to be paid"),
    "partly": _("partly paid"),
    "overdue": _("overdue"),
    "paid": _("paid"),
}


def keep_shares(invoice: Invoice, erp_invoice: ErpInvoice) -> None:
    """Writes the parts of this invoice where they differ from what is there."""
    wanted = [
        (one.order_id, one.net, one.gross, one.remaining, one.base_gross) for one in shares.shares_of(erp_invoice)
    ]
    there = invoice.shares.order_by("erp_order_id").values_list(*SHARE_FIELDS)
    if list(there) != wanted:
        invoice.shares.all().delete()
        InvoiceShare.objects.bulk_create(
            InvoiceShare(invoice=invoice, **dict(zip(SHARE_FIELDS, values, strict=True))) for values in wanted
        )


@dataclass(frozen=True)
class OrderSum:
    """What an order's invoices of one currency come to; amounts of two are never added."""

    currency: str
    invoiced: Decimal = NOTHING
    remaining: Decimal = NOTHING

    @property
    def paid(self) -> Decimal:
        return self.invoiced - self.remaining


@dataclass(frozen=True)
class OrderPayment:
    """How an order stands with payments. `state` is a key of STATE_WORDS; `sums` by currency, PLN first."""

    state: str
    sums: tuple[OrderSum, ...] = ()
    days_overdue: int = 0
    is_whole: bool = False

    @property
    def words(self) -> Any:
        return STATE_WORDS[self.state]


def parts_of(order: Any, invoices: InvoiceQuerySet) -> list[InvoiceShare]:
    """One part for each of these invoices that carries the order, newest first."""
    if not order.erp_id:
        return []
    found = InvoiceShare.objects.filter(erp_order_id=order.erp_id, invoice__in=invoices.order_by())
    ready = found.select_related("invoice").prefetch_related("invoice__payments")
    return list(ready.order_by("-invoice__issued_on", "-invoice_id"))


def payments_of(orders: Iterable[Any], invoices: InvoiceQuerySet) -> dict[str, OrderPayment]:
    """How each of these orders stands over these invoices, by WAPRO's id of it; what is not invoiced is left out. One
    query."""
    known = {order.erp_id: order for order in orders if order.erp_id}
    found = InvoiceShare.objects.filter(erp_order_id__in=known, invoice__in=invoices.order_by())
    by_order: dict[str, list[InvoiceShare]] = {}
    for part in found.select_related("invoice"):
        by_order.setdefault(part.erp_order_id, []).append(part)
    return {erp_id: payment_of(known[erp_id], parts) for erp_id, parts in by_order.items()}


def payment_of(order: Any, parts: Iterable[InvoiceShare]) -> OrderPayment:
    """Corrections count with their sign. Paid is who owes nothing, however much is invoiced; `is_whole` tells whether
    everything ordered is invoiced."""
    found = list(parts)
    if not found:
        return OrderPayment("none")
    today = timezone.localdate()
    sums = _sums(found)
    late = [(today - part.invoice.due_on).days for part in found if part.invoice.remaining > 0 and part.remaining > 0]
    days = max([0, *late])
    if all(one.remaining <= 0 for one in sums):
        state, days = "paid", 0
    elif days:
        state = "overdue"
    else:
        state = "partly" if any(one.remaining < one.invoiced for one in sums) else "open"
    own = sum((one.invoiced for one in sums if one.currency == (order.currency or BASE_CURRENCY)), NOTHING)
    return OrderPayment(state, sums, days, is_whole=own >= order.total_incl_tax)


def _sums(parts: list[InvoiceShare]) -> tuple[OrderSum, ...]:
    found: dict[str, OrderSum] = {}
    for part in parts:
        key = part.invoice.currency
        one = found.get(key, OrderSum(key))
        found[key] = OrderSum(key, one.invoiced + part.gross, one.remaining + part.remaining)
    return tuple(found[key] for key in sorted(found, key=lambda key: (key != BASE_CURRENCY, key)))
