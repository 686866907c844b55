"""The timeline of a product, buyer, order or invoice at an address of its own: narrowed, page by page, as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from wiadukt.shop.accounts.models import User
from wiadukt.shop.history.listing import Asked, Timeline
from wiadukt.shop.organisations import access as buyers
from wiadukt.shop.organisations.models import Organisation, Role
from wiadukt.shop.sellers import access as sellers
from wiadukt.shop.spreadsheet import as_csv


def _products(user: User) -> QuerySet:
    goods = get_model("catalogue", "Product").objects.all()
    return goods if user.is_staff else goods.none()


def _organisations(user: User) -> QuerySet:
    if user.is_staff:
        return sellers.whole_organisations_of(user)
    member = buyers.member_of(user)
    is_manager = member is not None and member.role == Role.MANAGER
    return Organisation.objects.filter(pk=member.organisation_id if member and is_manager else None)


def _orders(user: User) -> QuerySet:
    """A buyer reads the events on the order's page; who decides about an order sees what became of it."""
    return sellers.orders_of(user) if user.is_staff else buyers.approvals_of(user)


def _invoices(user: User) -> QuerySet:
    return sellers.invoices_of(user) if user.is_staff else buyers.invoices_of(user)


# Whose timelines a person reads: those that stand on the pages that he may open.
READABLE: dict[str, Callable[[User], QuerySet]] = {
    "product": _products,
    "organisation": _organisations,
    "order": _orders,
    "invoice": _invoices,
}


def _timeline(request: HttpRequest, kind: str, pk: int) -> tuple[Any, Timeline]:
    if kind not in READABLE:
        raise Http404
    found = get_object_or_404(READABLE[kind](request.user), pk=pk)
    return found, Timeline(kind, pk, Asked.of(request.GET))


def shown(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A page, or to htmx its timeline alone."""
    found, timeline = _timeline(request, kind, pk)
    context = {
        "subject": found,
        "timeline": timeline,
        "page": timeline.page(request.GET.get("page")),
        "base": "staff.html" if request.user.is_staff else "shop.html",
    }
    return render(request, "history/_timeline.html" if request.htmx else "history/timeline.html", context)


def exported(request: HttpRequest, kind: str, pk: int, fmt: str) -> HttpResponse:
    """What the filters leave: CSV as a person reads it, JSON as it is kept. Ids of messages are the seller's."""
    _found, timeline = _timeline(request, kind, pk)
    name, is_staff = f"historia-{kind}-{pk}.{fmt}", request.user.is_staff
    if fmt == "csv":
        head = [_("Time"), _("Source"), _("Who"), _("What"), _("Before"), _("After"), _("Message")]
        rows = [head, *timeline.as_read()]
        return as_csv(rows if is_staff else [row[:-1] for row in rows], name)
    if fmt != "json":
        raise Http404
    kept = list(timeline.as_kept())
    if not is_staff:
        kept = [{key: value for key, value in row.items() if key != "message_id"} for row in kept]
    body = {"kind": kind, "id": pk, "changes": kept}
    return JsonResponse(
        body,
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
