"""Saved baskets, the basket of another branch, and an earlier order once more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from wiadukt.shop.ordering import baskets
from wiadukt.shop.organisations.access import member_of, ordering_branches_of, orders_of


class NameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Name: write how the basket is to be called, at most 80 signs."))
        return redirect("basket:summary")
    try:
        baskets.save(request.basket, request.user, form.cleaned_data["name"])
    except baskets.CannotSave as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The basket is saved. You have a new, empty one."))
    return redirect("basket:summary")


@require_POST
def open_saved(request: HttpRequest, pk: int) -> HttpResponse:
    opened = baskets.open_saved(request.user, pk)
    if opened is None:
        messages.error(request, _("There is no such basket any more."))
    else:
        messages.success(request, _("Basket %(name)s is open.") % {"name": opened.name})
    return redirect("basket:summary")


@require_POST
def delete_saved(request: HttpRequest, pk: int) -> HttpResponse:
    baskets.delete_saved(request.user, pk)
    return redirect("basket:summary")


@require_POST
def branch(request: HttpRequest) -> HttpResponse:
    member = member_of(request.user)
    wanted = request.POST.get("branch", "")
    mine = ordering_branches_of(member).filter(pk=wanted if wanted.isdecimal() else 0).first() if member else None
    if mine is None:
        messages.error(request, _("Branch: choose one of yours."))
    else:
        baskets.use_for(request.user, mine)
    return redirect("basket:summary")


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be ordered of an earlier order goes to the basket at today's prices; of the rest it is said why not."""
    order = get_object_or_404(orders_of(request.user), pk=pk)
    if member_of(request.user) is None:
        return redirect("orders:detail", pk=pk)
    added = 0
    for line in order.lines.select_related("product__product_class").order_by("line_no", "id"):
        added += _add_again(request, line)
    if added:
        text = ngettext("%(n)d line is in the basket.", "%(n)d lines are in the basket.", added)
        messages.success(request, text % {"n": added})
    return redirect("basket:summary")


def _put(basket: Any, line: Any, info: Any) -> None:
    if line.parameters:
        added = basket.add_sized(line.product, line.quantity, info.price.judged.chosen)
    else:
        added, _new = basket.add_product(line.product, line.quantity)
    if line.note and not added.note:
        added.note = line.note[:200]
        added.save(update_fields=["note"])


def _add_again(request: HttpRequest, line: Any) -> bool:
    why = _("is no longer sold")
    if line.product is not None and line.product.is_public:
        already = sum(one.quantity for one in request.basket.all_lines() if one.product_id == line.product_id)
        info = request.strategy.fetch_for_line(line)
        allowed, reason = info.availability.is_purchase_permitted(already + line.quantity)
        if allowed:
            _put(request.basket, line, info)
            return True
        why = str(reason)
    messages.error(request, _("%(product)s: %(why)s") % {"product": line.title, "why": why})
    return False
