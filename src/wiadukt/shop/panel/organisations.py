"""The buyers whom this person looks after: searched, filtered, and each with all that concerns him."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.invoices.money import summary_of
from wiadukt.shop.panel.invitations import held_of
from wiadukt.shop.sellers import access

PAGE_SIZE = 25


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    found = access.organisations_of(request.user).annotate(people=Count("members", distinct=True)).order_by("name")
    found = found.annotate(places=Count("delivery_places", distinct=True), last_order=Max("orders__date_placed"))
    asked = request.GET.get("q", "").strip()
    if asked:
        where = Q(name__icontains=asked) | Q(tax_id__icontains=asked) | Q(members__email__icontains=asked)
        found = found.filter(where).distinct()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "panel/organisations.html", {"page": page, "asked": asked})


@staff_only
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(access.organisations_of(request.user), pk=pk)
    people = access.members_of(request.user).filter(organisation=found)
    context = {
        "organisation": found,
        "branches": access.branches_of(request.user).filter(organisation=found),
        "held": held_of(people).count(),
        "people": people.select_related("user").prefetch_related("branches"),
        "places": access.places_of(request.user).filter(organisation=found),
        "debt": summary_of(access.invoices_of(request.user).filter(organisation=found)),
        "orders": access.orders_of(request.user).filter(organisation=found)[:8],
        "changes": access.history_of(request.user, found)[:40],
    }
    return render(request, "panel/organisation.html", context)
