"""What the buyers owe, for whoever of the seller's looks after them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.invoices.money import summary_of
from wiadukt.shop.invoices.views import invoice_context, narrowed
from wiadukt.shop.sellers import access

PAGE_SIZE = 25
# The buyer's own pages, in the dashboard's frame and with its addresses.
FRAME = {"base": "staff.html", "detail": "panel:invoice", "back": "panel:invoices", "order_page": "panel:order"}


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    """Invoices of one's buyers; `show` narrows by payment, `q` by number or buyer."""
    found = access.invoices_of(request.user)
    asked = request.GET.get("q", "").replace("\0", "").strip()
    if asked:
        found = found.filter(Q(number__icontains=asked) | Q(organisation__name__icontains=asked))
    shown, chosen = narrowed(found, request.GET.get("show", "all"))
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "debt": summary_of(found), "chosen": chosen, "asked": asked}
    return render(request, "invoices/list.html", context | FRAME)


@staff_only
def invoice(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(access.invoices_of(request.user), pk=pk)
    return render(request, "invoices/detail.html", invoice_context(found, access.orders_of(request.user)) | FRAME)
