"""The buyer's invoices: what is overdue, what is due, what was paid, and by whom."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from wiadukt.shop import spreadsheet
from wiadukt.shop.invoices import sheets
from wiadukt.shop.invoices.detail import invoice_context
from wiadukt.shop.invoices.listing import Filter, viewed, with_own_part
from wiadukt.shop.invoices.models import OtherReceivable
from wiadukt.shop.invoices.money import ages_of, by_branch, debts_of, summary_of, together
from wiadukt.shop.invoices.preview import preview_pdf
from wiadukt.shop.invoices.transfer import MOST_CHOSEN, transfers_for
from wiadukt.shop.organisations.access import (
    branches_of,
    invoices_of,
    managed_by,
    member_of,
    orders_of,
    parts_of,
    receivables_of,
)
from wiadukt.shop.organisations.models import Branch

PAGE_SIZE = 25
MOST_IN_A_FILE = 25_000
MOST_PAID_AT_ONCE = 500
MOST_OTHERS = 50
"""Receivables without an invoice on a page; the sums hold all."""


def invoices(request: HttpRequest) -> HttpResponse:
    member = member_of(request.user)
    branches = branches_of(member) if member else Branch.objects.none()
    parts = parts_of(request.user)
    filters = Filter(request.GET, branches)
    found, own = filters.narrowed(invoices_of(request.user), parts)
    shown, chosen = viewed(found, request.GET.get("show", "all"))
    page = Paginator(with_own_part(shown, own), PAGE_SIZE).get_page(request.GET.get("page"))
    company = managed_by(request.user)
    others = None if filters.is_asked else receivables_of(member)
    context = list_context(own, branches, others) | {"page": page, "chosen": chosen, "filters": filters}
    if company is not None:
        context["unassigned"] = company.unassigned_payments.all()
        context["company"] = company
    return render(request, "invoices/list.html", context)


def list_context(
    parts: Any, branches: QuerySet[Branch], others: QuerySet[OtherReceivable] | None = None
) -> dict[str, Any]:
    """The sums over a list, with `others`, what is owed by no invoice, where the reader sees the whole company."""
    loose = [] if others is None else debts_of(others, ()).get((), [])
    debt, listed = together([summary_of(parts), *loose]), list(branches)
    sums = by_branch(parts, listed, loose) if len(listed) > 1 else []
    named = list(others[: MOST_OTHERS + 1]) if others is not None and loose else []
    return {
        "debt": debt,
        "ages": ages_of(debt),
        "by_branch": sums,
        "has_branches": bool(sums),
        "receivables": named[:MOST_OTHERS],
        "has_more_receivables": len(named) > MOST_OTHERS,
    }


def export(request: HttpRequest, fmt: str) -> HttpResponse:
    """The list as it is narrowed now, as a file."""
    member = member_of(request.user)
    if member is None or fmt not in ("csv", "xlsx"):
        raise Http404
    found, own = Filter(request.GET, branches_of(member)).narrowed(invoices_of(request.user), parts_of(request.user))
    shown, _chosen = viewed(found, request.GET.get("show", "all"))
    found_rows = list(with_own_part(shown, own)[: MOST_IN_A_FILE + 1])
    rows = sheets.list_rows(found_rows[:MOST_IN_A_FILE])
    if len(found_rows) > MOST_IN_A_FILE:
        rows.append([_("Only the newest %(n)d are in this file: narrow the list.") % {"n": MOST_IN_A_FILE}])
    if fmt == "xlsx":
        return spreadsheet.as_xlsx({_("Invoices"): rows}, "faktury.xlsx")
    return spreadsheet.as_csv(rows, "faktury.csv")


def invoice(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(invoices_of(request.user), pk=pk)
    context = invoice_context(found, parts_of(request.user), orders_of(request.user), invoices_of(request.user))
    return render(request, "invoices/detail.html", context)


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The invoice as PDF, marked as what it is: a preview."""
    found = get_object_or_404(invoices_of(request.user), pk=pk)
    context = invoice_context(found, parts_of(request.user), orders_of(request.user), invoices_of(request.user))
    return preview_pdf(found, context, f"podglad-{found.pk}.pdf")


def pay(request: HttpRequest) -> HttpResponse:
    """The codes by which a banking app pays the chosen invoices, or all that are overdue when none is chosen: one for
    all of them, or with `each` one for each."""
    wanted = [one for one in request.GET.getlist("invoice") if one.isdecimal()][:MOST_CHOSEN]
    found = invoices_of(request.user).open()
    found = found.filter(pk__in=wanted) if wanted else found.overdue()
    parts = parts_of(request.user).filter(invoice__in=found.order_by().values("pk"), remaining__gt=0)
    parts = parts.select_related("invoice__organisation").order_by("invoice__due_on", "invoice_id")
    shown = list(parts[: MOST_PAID_AT_ONCE + 1])
    each = "each" in request.GET
    others = [] if wanted else debts_of(receivables_of(member_of(request.user)), ()).get((), [])
    context = {
        "uncoded": [debt for debt in others if debt.overdue],
        "transfers": transfers_for(shown[:MOST_PAID_AT_ONCE], each=each),
        "each": each,
        "most": MOST_PAID_AT_ONCE if len(shown) > MOST_PAID_AT_ONCE else 0,
    }
    return render(request, "invoices/pay.html", context)
