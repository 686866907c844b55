"""The buyer cancels an order, and its confirmation as PDF."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.shop.invoices.pdf import answer_of
from wiadukt.shop.ordering import cancelling
from wiadukt.shop.ordering.confirmation import confirmation_pdf
from wiadukt.shop.organisations.access import orders_of


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(orders_of(request.user), pk=pk)
    try:
        cancelling.cancel(pk, request.user)
    except cancelling.CannotCancel as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Production and WAPRO are asked to cancel; the answer comes to this page."))
    return redirect("orders:detail", pk=pk)


def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    order = get_object_or_404(orders_of(request.user), pk=pk)
    if not order.is_placed:
        raise Http404
    return answer_of(confirmation_pdf(order), f"{order.display_number}.pdf".replace("/", "-"))
