"""Which part of an invoice belongs to which order: a fact of its lines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from wiadukt.shop.invoices.models import Invoice, InvoiceLine, InvoiceQuerySet


@dataclass(frozen=True)
class Share:
    """The gross amount of this invoice's lines that belong to the order; the invoice may carry other orders too."""

    invoice: Invoice
    gross: Decimal

    @property
    def is_whole(self) -> bool:
        return self.gross == self.invoice.total_gross


def shares_of(order: Any, invoices: InvoiceQuerySet) -> list[Share]:
    """One share for each of these invoices, newest first."""
    if not order.erp_id:
        return []
    lines = InvoiceLine.objects.filter(erp_order_id=order.erp_id, invoice__in=invoices)
    amounts = dict(lines.order_by().values_list("invoice_id").annotate(Sum("gross")))
    return [Share(invoice, amounts.get(invoice.pk, Decimal(0))) for invoice in invoices]
