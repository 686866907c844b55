"""Sending again everything that matches a filter, after a look at what that is."""

from __future__ import annotations

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.outbox import mend, search
from wiadukt.shop.outbox.models import MessageState
from wiadukt.shop.sellers import access


@staff_only
def retry_all(request: HttpRequest) -> HttpResponse:
    """Shows how many and why; a press of the button sends those, and none that came after the look."""
    mine = access.messages_of(request.user)
    if request.method == "POST":
        count = mend.retry_all(search.retryable(request.POST, mine), request.user.email)
        notes.success(request, ngettext("%(n)d message goes again.", "%(n)d messages go again.", count) % {"n": count})
        return redirect("panel:messages")
    found = search.retryable(request.GET, mine)
    context = {
        "asked": {name: request.GET[name] for name in (*search.FIELDS, "q") if request.GET.get(name)},
        "span": search.span(found),
        "causes": search.by_cause(found),
        "state_words": dict(MessageState.choices),
    }
    return render(request, "panel/retry_all.html", context)
