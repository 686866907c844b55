"""Sending again everything that matches a filter, after a look at what that is."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.outbox import search
from wiadukt.shop.outbox.models import MessageState, OutboundMessage
from wiadukt.shop.panel import personal, runs
from wiadukt.shop.sync.mass import steps
from wiadukt.shop.sync.models import MassDeed


@staff_only
def retry_all(request: HttpRequest) -> HttpResponse:
    """Shows how many and why; a press of the button sends those, and none that came after the look."""
    if request.method == "POST":
        asked = runs.asked_of(request.POST, search.ASKED)
        return runs.begin(request, MassDeed.SEND_AGAIN, asked, steps.to_send_again(asked, request.user).count())
    asked = runs.asked_of(request.GET, search.ASKED)
    found = steps.to_send_again(asked, request.user)
    context = {
        "heading": _("Send again"),
        "back": reverse("panel:messages"),
        "asked": asked,
        "span": search.span(found),
        "causes": _causes(found, is_veiled=personal.is_veiled(request.user)),
        "state_words": dict(MessageState.choices),
    }
    return render(request, "panel/retry_all.html", context)


def _causes(found: QuerySet[OutboundMessage], *, is_veiled: bool) -> list[search.CauseGroup]:
    """A receiver's words may name anybody: who may not read them sees the remedy."""
    groups = search.by_cause(found)
    return [replace(group, cause=personal.MASK) for group in groups] if is_veiled else groups
