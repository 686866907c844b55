"""Orders of the buyers whom this person looks after."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.invoices.shares import payments_of
from wiadukt.shop.ordering.file_views import answer_of
from wiadukt.shop.ordering.views import order_context
from wiadukt.shop.panel.messages import KIND_WORDS, discarded
from wiadukt.shop.sellers import access

PAGE_SIZE = 25


@staff_only
def orders(request: HttpRequest) -> HttpResponse:
    found = access.orders_of(request.user)
    asked = request.GET.get("q", "").replace("\0", "").strip()
    if asked:
        where = Q(number__icontains=asked) | Q(erp_number__icontains=asked) | Q(organisation__name__icontains=asked)
        found = found.filter(where)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    payments = payments_of(page, access.invoices_of(request.user))
    return render(request, "panel/orders.html", {"page": page, "asked": asked, "payments": payments})


@staff_only
def order(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(access.orders_of(request.user), pk=pk)
    context = order_context(found, access.invoices_of(request.user))
    context |= {"refresh_url": reverse("panel:order", args=[pk]), "invoice_page": "panel:invoice"}
    context |= {"file_page": "panel:order-file", "order_page": "panel:order"}
    told = list(access.messages_of(request.user).filter(key=found.number).prefetch_related("interventions"))
    context |= {"outbox": told, "discarded": discarded(told), "kinds_by_code": KIND_WORDS}
    template = "ordering/_order_body.html" if request.htmx else "panel/order.html"
    return render(request, template, context)


@staff_only
def file(request: HttpRequest, pk: int, file_id: int) -> FileResponse:
    """What the buyer sent with his order."""
    return answer_of(get_object_or_404(access.orders_of(request.user), pk=pk), file_id)
