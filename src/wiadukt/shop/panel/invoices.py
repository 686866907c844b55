"""What the buyers owe, for whoever of the seller's looks after them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.invoices.detail import invoice_context
from wiadukt.shop.invoices.listing import Filter, viewed, with_own_part
from wiadukt.shop.invoices.money import ages_of, summary_of
from wiadukt.shop.invoices.preview import preview_pdf
from wiadukt.shop.organisations.models import Branch
from wiadukt.shop.sellers import access

PAGE_SIZE = 25
# The buyer's own pages, in the dashboard's frame and with its addresses.
FRAME = {
    "base": "staff.html",
    "detail": "panel:invoice",
    "back": "panel:invoices",
    "order_page": "panel:order",
    "preview_page": "panel:invoice-preview",
}


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    """Invoices of one's buyers; `show` narrows by payment, `q` by number or buyer."""
    filters = Filter(request.GET, Branch.objects.none())
    found, own = filters.narrowed(access.invoices_of(request.user), access.parts_of(request.user))
    shown, chosen = viewed(found, request.GET.get("show", "all"))
    page = Paginator(with_own_part(shown, own), PAGE_SIZE).get_page(request.GET.get("page"))
    if filters.is_asked:
        debt = summary_of(own.filter(invoice__in=found.order_by().values("pk")))
    else:
        debt = summary_of(own, others=access.receivables_of(request.user))
    context = {"page": page, "debt": debt, "ages": ages_of(debt), "chosen": chosen, "filters": filters}
    return render(request, "invoices/list.html", context | FRAME)


@staff_only
def invoice(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "invoices/detail.html", _context(request, pk) | FRAME)


@staff_only
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    context = _context(request, pk)
    return preview_pdf(context["invoice"], context, f"podglad-{pk}.pdf")


def _context(request: HttpRequest, pk: int) -> dict:
    user = request.user
    found = get_object_or_404(access.invoices_of(user), pk=pk)
    return invoice_context(found, access.parts_of(user), access.orders_of(user), access.invoices_of(user))
