"""What WAPRO announced: every object with where it stands, and a button to fetch it now."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.contract.base import Kind
from wiadukt.shop import keyset
from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.panel import personal, runs
from wiadukt.shop.panel.objects.find import openable
from wiadukt.shop.sellers import access
from wiadukt.shop.sync import inbox, inbox_search
from wiadukt.shop.sync.jobs import wake_inbox
from wiadukt.shop.sync.mass import steps
from wiadukt.shop.sync.models import KIND_CHOICES, InboxObject, InboxState, MassDeed

PAGE_SIZE = 50


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    """Objects that match the filter, last changed first."""
    is_veiled = personal.is_veiled(request.user)
    found = inbox_search.matching(request.GET, access.announced_of(request.user), texts=not is_veiled)
    page = keyset.page(found, request.GET, PAGE_SIZE, moment="changed_at")
    if is_veiled:
        personal.veil_objects(page.rows)
    context = {
        "page": page,
        "asked": request.GET,
        "openable": openable(request.user),
        "rejected": found.filter(state=InboxState.REJECTED).count(),
        "filters": [("state", _("State"), InboxState.choices), ("kind", _("What"), KIND_CHOICES)],
    }
    return render(request, "panel/incoming.html", context)


@staff_only
def fetch_again(request: HttpRequest) -> HttpResponse:
    """Shows how many rejected objects match and why; a press of the button fetches those again."""
    if request.method == "POST":
        asked = runs.asked_of(request.POST, inbox_search.ASKED)
        return runs.begin(request, MassDeed.FETCH_AGAIN, asked, steps.to_fetch_again(asked, request.user).count())
    asked = runs.asked_of(request.GET, inbox_search.ASKED)
    found = steps.to_fetch_again(asked, request.user)
    about = {"count": Count("id"), "oldest": Min("changed_at"), "youngest": Max("changed_at"), "up_to": Max("id")}
    context = {
        "heading": _("Fetch again"),
        "back": reverse("panel:incoming"),
        "asked": asked,
        "span": found.order_by().aggregate(**about),
        "causes": _causes(found, is_veiled=personal.is_veiled(request.user)),
        "kinds": dict(KIND_CHOICES),
    }
    return render(request, "panel/fetch_again.html", context)


def _causes(found: QuerySet[InboxObject], *, is_veiled: bool) -> list[inbox_search.FailureGroup]:
    groups = inbox_search.by_cause(found)
    return [replace(group, cause=personal.masked_text(group.cause)) for group in groups] if is_veiled else groups


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
