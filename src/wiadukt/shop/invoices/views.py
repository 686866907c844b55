"""The buyer's invoices: what is overdue, what is due, what was paid."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from oscar.core.loading import get_model

from wiadukt.shop.history.models import Change
from wiadukt.shop.invoices.money import summary_of
from wiadukt.shop.organisations.access import invoices_of, orders_of

PAGE_SIZE = 25
VIEWS = ("all", "overdue", "open", "paid")


def invoices(request: HttpRequest) -> HttpResponse:
    theirs = invoices_of(request.user)
    chosen = request.GET.get("show", "all")
    found = {"overdue": theirs.overdue(), "open": theirs.open(), "paid": theirs.filter(remaining__lte=0)}
    page = Paginator(found.get(chosen, theirs), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "debt": summary_of(theirs), "chosen": chosen if chosen in VIEWS else "all"}
    return render(request, "invoices/list.html", context)


def invoice(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(invoices_of(request.user), pk=pk)
    lines = list(found.lines.all())
    Order = get_model("order", "Order")
    orders = Order.objects.filter(erp_id__in={line.erp_order_id for line in lines if line.erp_order_id})
    context = {
        "invoice": found,
        "lines": lines,
        "orders": {order.erp_id: order for order in orders},
        "visible_orders": set(orders_of(request.user).filter(pk__in=orders).values_list("erp_id", flat=True)),
        "payments": found.payments.all(),
        "changes": Change.objects.filter(kind="invoice", object_id=found.pk)[:30],
    }
    return render(request, "invoices/detail.html", context)
