"""The buyer's invoices: what is overdue, what is due, what was paid."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from oscar.core.loading import get_model

from wiadukt.shop.history.models import Change
from wiadukt.shop.invoices.money import summary_of
from wiadukt.shop.organisations.access import invoices_of, orders_of

PAGE_SIZE = 25


def invoices(request: HttpRequest) -> HttpResponse:
    theirs = invoices_of(request.user)
    shown, chosen = narrowed(theirs, request.GET.get("show", "all"))
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "debt": summary_of(theirs), "chosen": chosen}
    return render(request, "invoices/list.html", context)


def narrowed(found: Any, chosen: str) -> tuple[Any, str]:
    """Those of the invoices that this view of the list shows, and its name; `all` for one that is none."""
    views = {"all": found, "overdue": found.overdue(), "open": found.open(), "paid": found.filter(remaining__lte=0)}
    chosen = chosen if chosen in views else "all"
    return views[chosen], chosen


def invoice(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(invoices_of(request.user), pk=pk)
    return render(request, "invoices/detail.html", invoice_context(found, orders_of(request.user)))


def invoice_context(found: Any, visible: QuerySet) -> dict[str, Any]:
    """What an invoice's page shows; `visible` are the orders that this reader may see."""
    lines = list(found.lines.all())
    Order = get_model("order", "Order")
    orders = Order.objects.filter(erp_id__in={line.erp_order_id for line in lines if line.erp_order_id})
    return {
        "invoice": found,
        "lines": lines,
        "orders": {order.erp_id: order for order in orders},
        "visible_orders": set(visible.filter(pk__in=orders).values_list("erp_id", flat=True)),
        "payments": found.payments.all(),
        "changes": Change.objects.filter(kind="invoice", object_id=found.pk)[:30],
    }
