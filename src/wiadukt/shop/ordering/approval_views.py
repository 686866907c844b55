"""Orders that wait for the reader's decision: a list, and one order with its decision."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wiadukt.shop.ordering import approving
from wiadukt.shop.ordering.approving import CannotDecide, Look, look
from wiadukt.shop.ordering.differences import differences
from wiadukt.shop.organisations.access import approvals_of, orders_of
from wiadukt.shop.quantities import QuantityField


class RejectForm(forms.Form):
    """Why not; the buyer reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason, for the buyer"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class QuantitiesForm(forms.Form):
    """A quantity a line; 0 takes the line out."""

    def __init__(self, *args: Any, seen: Look, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in seen.rows:
            self.fields[f"line_{row.line.pk}"] = QuantityField(label=row.line.title)

    def quantities(self) -> dict[int, Decimal]:
        return {int(name.removeprefix("line_")): quantity for name, quantity in self.cleaned_data.items()}


def listed(request: HttpRequest) -> HttpResponse:
    """Oldest first: who waits longest is served first."""
    found = approvals_of(request.user).select_related("user").annotate(line_count=Count("lines"))
    return render(request, "ordering/approvals.html", {"orders": found})


def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Today's prices and stock beside those of the day it was made; approve, edit or reject."""
    found = approvals_of(request.user).filter(pk=pk).first()
    if found is None:  # decided meanwhile, or somebody else's to decide
        return redirect("orders:detail", pk=get_object_or_404(orders_of(request.user), pk=pk).pk)
    rejecting = RejectForm()
    if request.method == "POST":
        deed = request.POST.get("deed")
        rejecting = RejectForm(request.POST) if deed == "reject" else rejecting
        done = {"approve": _approve, "edit": _edit, "reject": _reject}.get(deed or "")
        try:
            if done is not None and done(request, found, rejecting):
                return redirect("approvals:order" if deed == "edit" else "orders:detail", pk=pk)
        except CannotDecide as refusal:
            for reason in refusal.reasons:
                messages.error(request, reason)
            return redirect("approvals:order", pk=pk)
    context = {
        "differences": differences(found.replaces, found) if found.replaces else [],
        "order": found,
        "seen": look(found, request.user),
        "rejecting": rejecting,
    }
    return render(request, "ordering/approval.html", context)


def _approve(request: HttpRequest, found: Any, _form: Any) -> bool:
    approving.approve(found.pk, request.user, seen=request.POST.get("seen", ""))
    messages.success(request, _("Order %(number)s is approved and on its way.") % {"number": found.number})
    return True


def _edit(request: HttpRequest, found: Any, _form: Any) -> bool:
    form = QuantitiesForm(request.POST, seen=look(found, request.user))
    if not form.is_valid():
        raise CannotDecide(_("Quantity: write a number, e.g. 5 or 2.5; 0 takes the line out."))
    approving.edit(found.pk, request.user, form.quantities(), seen=request.POST.get("seen", ""))
    messages.success(request, _("Quantities saved. The order still waits for your decision."))
    return True


def _reject(request: HttpRequest, found: Any, form: RejectForm) -> bool:
    if not form.is_valid():
        return False
    approving.reject(found.pk, request.user, form.cleaned_data["reason"])
    messages.success(request, _("Order %(number)s is rejected; its buyer is told why.") % {"number": found.number})
    return True


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The buyer takes his own waiting order back."""
    try:
        approving.withdraw(pk, request.user)
    except CannotDecide as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The order is withdrawn."))
    return redirect("orders:detail", pk=pk)
