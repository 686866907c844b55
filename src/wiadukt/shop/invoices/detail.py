"""One invoice as its reader may see it: his parts line by line, the rest of it as a sum."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from oscar.core.loading import get_model

from wiadukt.shop.invoices.models import Invoice, InvoiceQuerySet, ShareQuerySet
from wiadukt.shop.invoices.transfer import picture, transfers_for
from wiadukt.shop.organisations.models import Organisation

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Hidden:
    """What of an invoice stands in no line that its reader sees: other branches' parts, or an advance."""

    net: Decimal
    gross: Decimal
    remaining: Decimal

    @property
    def paid(self) -> Decimal:
        return self.gross - self.remaining


def invoice_context(invoice: Any, parts: ShareQuerySet, visible: QuerySet, invoices: InvoiceQuerySet) -> dict[str, Any]:
    """What an invoice's page shows; `parts`, `visible` orders and `invoices` are those that this reader may see."""
    own = list(parts.filter(invoice=invoice).select_related("invoice__organisation"))
    keys = {part.erp_order_id for part in own}
    lines = [line for line in invoice.lines.all() if line.erp_order_id in keys]
    Order = get_model("order", "Order")
    orders = {order.erp_id: order for order in Order.objects.filter(erp_id__in=keys - {""})}
    payments = list(invoice.payments.all())
    return {
        "invoice": invoice,
        "lines": lines,
        "parts": [(part, orders.get(part.erp_order_id)) for part in own],
        "hidden": _hidden(invoice, own),
        "orders": orders,
        "visible_orders": set(visible.filter(erp_id__in=keys - {""}).values_list("erp_id", flat=True)),
        "payments": payments,
        "untold": invoice.total_gross - invoice.remaining - sum((payment.amount for payment in payments), NOTHING),
        "advance": _of_advance(invoice, own, lines),
        "transfers": transfers_for(own),
        "ksef_code": picture(invoice.ksef_link) if invoice.ksef_link else "",
        "related": _related(invoice, invoices),
        "buyer": _buyer(invoice),
    }


def _of_advance(invoice: Any, own: list[Any], lines: list[Any]) -> Hidden | None:
    """What of the reader's lines advance invoices charged before, as a minus; None for an invoice without one."""
    if not invoice.advance:
        return None
    net, gross = (
        sum((getattr(part, name) for part in own), NOTHING) - sum((getattr(line, name) for line in lines), NOTHING)
        for name in ("net", "gross")
    )
    return Hidden(net, gross, NOTHING)


def _hidden(invoice: Any, own: list[Any]) -> Hidden | None:
    if invoice.shares.count() == len(own):
        return None
    sums = {name: sum((getattr(part, name) for part in own), NOTHING) for name in ("net", "gross", "remaining")}
    return Hidden(
        invoice.total_net - sums["net"],
        invoice.total_gross - sums["gross"],
        invoice.remaining - sums["remaining"],
    )


def _related(invoice: Any, invoices: InvoiceQuerySet) -> list[Invoice]:
    """What it corrects and what corrects it."""
    corrected = [one for one in invoice.corrects.split(", ") if one]
    mine = Q(erp_id__in=corrected) | Q(kind="correction", corrects__contains=invoice.erp_id)
    found = invoices.filter(mine, organisation=invoice.organisation_id).exclude(pk=invoice.pk)
    return [one for one in found if one.erp_id in corrected or invoice.erp_id in one.corrects.split(", ")]


def _buyer(invoice: Any) -> Organisation | None:
    """Who bought, where another company pays."""
    if invoice.customer_erp_id in ("", invoice.organisation.erp_id):
        return None
    return Organisation.objects.filter(erp_id=invoice.customer_erp_id).first()
