"""Addresses that a person of the seller's should look at: changed on both sides at once, or refused by WAPRO."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.addresses import conflicts
from wiadukt.shop.addresses.change import By
from wiadukt.shop.addresses.models import Conflict
from wiadukt.shop.addresses.values import in_words
from wiadukt.shop.addresses.views import PART_WORDS
from wiadukt.shop.addresses.waiting import KINDS
from wiadukt.shop.history.models import Origin
from wiadukt.shop.outbox.models import MessageState
from wiadukt.shop.sellers import access

PAGE_SIZE = 25


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    """Open conflicts, or those that somebody has looked at; above them what WAPRO refused."""
    is_settled = bool(request.GET.get("settled"))
    mine = _conflicts_of(request.user)
    found = mine.filter(settled_at__isnull=not is_settled).select_related("organisation", "place")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, _what(one), in_words(one.shop_value), in_words(one.wapro_value)) for one in page],
        "is_settled": is_settled,
        "open": mine.filter(settled_at=None).count(),
        "refused": access.messages_of(request.user)
        .filter(kind__in=KINDS, state=MessageState.REJECTED)
        .order_by("-id")[:50],
    }
    return render(request, "panel/addresses.html", context)


@staff_only
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """`swap` takes the other value; without it the winner stands."""
    get_object_or_404(_conflicts_of(request.user), pk=pk)
    swap = "swap" in request.POST
    conflicts.settle(pk, By(request.user.email, Origin.STAFF), swap=swap)
    messages.success(request, _("The other value goes to WAPRO now.") if swap else _("Noted: the value stands."))
    return redirect("panel:addresses")


def _conflicts_of(user: User) -> QuerySet[Conflict]:
    """Of the buyers of whom this person sees everything: a place may be another branch's."""
    return Conflict.objects.filter(organisation__in=access.whole_organisations_of(user))


def _what(conflict: Conflict) -> str:
    return conflict.place.name if conflict.place else str(PART_WORDS[conflict.part])
