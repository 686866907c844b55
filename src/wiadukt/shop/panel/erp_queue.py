"""WAPRO's own queue of changes, as the connector tells it: what waits, what went, what the shop refused and why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from wiadukt.contract.base import Kind
from wiadukt.contract.erp_queue import CAUSE_LENGTH
from wiadukt.contract.errors import Misconfigured, Refused, Unreachable
from wiadukt.contract.states import QueueState
from wiadukt.shop.sellers.access import watchers_only
from wiadukt.shop.sync import client
from wiadukt.shop.sync.models import KIND_CHOICES

PAGE_SIZE = 50
STATES = [
    (QueueState.ACCEPTED.value, gettext_lazy("accepted")),
    (QueueState.SENT.value, gettext_lazy("sent")),
    (QueueState.REJECTED.value, gettext_lazy("rejected")),
]
PILLS = {QueueState.ACCEPTED: "waiting", QueueState.SENT: "ok", QueueState.REJECTED: "rejected"}
LONGEST_TEXT = 100
SILENCE = (Unreachable, Misconfigured, Refused)


@watchers_only
def listed(request: HttpRequest) -> HttpResponse:
    """A page of the queue. When the connector is silent the page says so: the queue itself loses nothing."""
    asked = {name: request.GET.get(name, "").replace("\0", "").strip() for name in ("state", "kind", "q", "before")}
    context: dict[str, Any] = {
        "asked": asked,
        "page": (),
        "filters": [("state", _("State"), STATES), ("kind", _("What"), KIND_CHOICES)],
        "state_words": dict(STATES),
        "kind_words": dict(KIND_CHOICES),
        "pills": {state.value: pill for state, pill in PILLS.items()},
    }
    try:
        found = client.connector().queue(
            state=QueueState(asked["state"]) if asked["state"] in list(QueueState) else None,
            kind=Kind(asked["kind"]) if asked["kind"] in list(Kind) else None,
            said=asked["q"][:LONGEST_TEXT],
            before=int(asked["before"]) if asked["before"].isdecimal() and len(asked["before"]) < 19 else None,
            most=PAGE_SIZE,
        )
    except SILENCE as silence:
        return render(request, "panel/erp_queue.html", context | {"silence": str(silence)})
    return render(request, "panel/erp_queue.html", context | {"rows": found.rows, "next_before": found.next_before})


@watchers_only
def causes(request: HttpRequest) -> HttpResponse:
    """The part of the page of causes that is WAPRO's, asked for when that page stands already."""
    try:
        found = client.connector().queue_causes()
    except SILENCE as silence:
        return render(request, "panel/_erp_causes.html", {"silence": str(silence)})
    return render(request, "panel/_erp_causes.html", {"causes": found.causes})


@watchers_only
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """What was refused for this cause is announced again, and nothing that was refused after the look."""
    cause, up_to = request.POST.get("cause", "").replace("\0", ""), request.POST.get("up_to", "")
    if not (up_to.isdecimal() and len(up_to) < 19):
        messages.error(request, _("Look at the list again: nothing was changed."))
        return redirect("panel:causes")
    try:
        count = client.connector().retry_queue(cause[:CAUSE_LENGTH], int(up_to))
    except SILENCE as silence:
        messages.error(request, _("The connector does not answer: %(why)s") % {"why": silence})
        return redirect("panel:causes")
    said = ngettext("%(n)d change is announced again.", "%(n)d changes are announced again.", count)
    messages.success(request, said % {"n": count})
    return redirect("panel:erp-queue")
