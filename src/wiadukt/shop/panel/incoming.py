"""What WAPRO announced: every object with where it stands, and a button to fetch it now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wiadukt.contract.base import Kind
from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.sellers import access
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync.jobs import wake_inbox
from wiadukt.shop.sync.models import KIND_CHOICES, InboxObject, InboxState

PAGE_SIZE = 50


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    """Objects that match the filter, last changed first."""
    found = _matching(request.GET, request.user)
    context = {
        "page": Paginator(found.order_by("-changed_at", "-id"), PAGE_SIZE).get_page(request.GET.get("page")),
        "asked": request.GET,
        "rejected": found.filter(state=InboxState.REJECTED).count(),
        "filters": [("state", _("State"), InboxState.choices), ("kind", _("What"), KIND_CHOICES)],
    }
    return render(request, "panel/incoming.html", context)


@staff_only
@require_POST
@transaction.atomic
def fetch_again(request: HttpRequest) -> HttpResponse:
    """Asks for every rejected object that the list showed under this filter."""
    found = _matching(request.POST, request.user).filter(state=InboxState.REJECTED)
    asked = {(Kind(row.kind), row.object_id): row.last_event_id for row in found}
    inbox.ask(asked)
    wake_inbox()
    text = ngettext("%(n)d object is fetched again.", "%(n)d objects are fetched again.", len(asked))
    messages.success(request, text % {"n": len(asked)})
    return redirect("panel:incoming")


@staff_only
@require_POST
@transaction.atomic
def fetch_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for one object, whatever its state."""
    row = get_object_or_404(access.announced_of(request.user), pk=pk)
    inbox.ask({(Kind(row.kind), row.object_id): row.last_event_id})
    wake_inbox()
    messages.success(request, _("%(what)s is fetched now.") % {"what": row.object_id})
    return redirect("panel:incoming")


def _matching(asked: Any, user: User) -> QuerySet[InboxObject]:
    found = access.announced_of(user)
    for field in ("state", "kind"):
        if asked.get(field):
            found = found.filter(**{field: asked[field].replace("\0", "")})
    text = asked.get("q", "").replace("\0", "").strip()
    if text:
        found = found.filter(Q(object_id__icontains=text) | Q(last_error__icontains=text))
    return found
