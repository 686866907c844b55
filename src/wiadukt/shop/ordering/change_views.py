"""The buyer begins to change an order, or leaves it as it is; the rest is his basket's."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.shop.ordering import baskets, changing
from wiadukt.shop.organisations.access import orders_of


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    order = get_object_or_404(orders_of(request.user), pk=pk)
    try:
        changing.begin(order.pk, request.user)
    except changing.CannotChange as refusal:
        messages.error(request, str(refusal))
        return redirect("orders:detail", pk=pk)
    return redirect("basket:summary")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    order_id = request.basket.changes_id
    if not order_id:
        return redirect("basket:summary")
    baskets.leave_change(request.user, request.basket.pk)
    messages.success(request, _("The order stays as it was."))
    return redirect("orders:detail", pk=order_id)
