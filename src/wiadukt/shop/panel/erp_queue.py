"""WAPRO's own queue of changes, as the connector tells it: what waits, what went, what the shop refused and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiadukt.contract.base import Kind
from wiadukt.contract.erp_queue import MAX_TEXT
from wiadukt.contract.errors import Misconfigured, Refused, Unreachable
from wiadukt.contract.states import QueueState
from wiadukt.shop.panel import runs
from wiadukt.shop.sellers.access import watchers_only
from wiadukt.shop.sync import client
from wiadukt.shop.sync.mass import steps
from wiadukt.shop.sync.models import KIND_CHOICES, MassDeed

PAGE_SIZE = 50
STATES = [
    (QueueState.ACCEPTED.value, gettext_lazy("accepted")),
    (QueueState.SENT.value, gettext_lazy("sent")),
    (QueueState.REJECTED.value, gettext_lazy("rejected")),
]
PILLS = {QueueState.ACCEPTED: "waiting", QueueState.SENT: "ok", QueueState.REJECTED: "rejected"}
ASKED = ("state", "kind", "q", "cause")
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
            said=asked["q"][:MAX_TEXT],
            before=int(asked["before"]) if asked["before"].isdecimal() and len(asked["before"]) < 19 else None,
            most=PAGE_SIZE,
        )
    except SILENCE as silence:
        return render(request, "panel/erp_queue.html", context | {"silence": str(silence)})
    any_rejected = any(row.state == QueueState.REJECTED for row in found.rows)
    context |= {"rows": found.rows, "next_before": found.next_before, "any_rejected": any_rejected}
    return render(request, "panel/erp_queue.html", context)


@watchers_only
def causes(request: HttpRequest) -> HttpResponse:
    """The part of the page of causes that is WAPRO's, asked for when that page stands already."""
    try:
        found = client.connector().queue_causes()
    except SILENCE as silence:
        return render(request, "panel/_erp_causes.html", {"silence": str(silence)})
    return render(request, "panel/_erp_causes.html", {"causes": found.causes})


@watchers_only
def again(request: HttpRequest) -> HttpResponse:
    """Shows how many of what the shop refused match, and why; a press of the button announces those again, some at a
    time, and nothing that was refused after the look."""
    asked = runs.asked_of(request.POST if request.method == "POST" else request.GET, ASKED)
    if asked.get("state", QueueState.REJECTED) != QueueState.REJECTED:
        return redirect("panel:erp-queue")
    try:
        found = client.connector().queue_causes(**_look(asked))
    except SILENCE as silence:
        messages.error(request, _("The connector does not answer: %(why)s") % {"why": silence})
        return redirect("panel:causes")
    if request.method == "POST":
        seen = asked.get("up_to", "")
        asked["up_to"] = seen if seen.isdecimal() and len(seen) < 19 else str(found.up_to)
        return runs.begin(request, MassDeed.ANNOUNCE, asked, found.count)
    oldest = min((one.oldest for one in found.causes), default=None)
    context = {
        "heading": _("Announce again"),
        "back": reverse("panel:erp-queue"),
        "asked": asked,
        "span": {"count": found.count, "oldest": oldest, "up_to": found.up_to},
        "causes": found.causes,
    }
    return render(request, "panel/announce_again.html", context)


def _look(asked: Mapping[str, str]) -> dict[str, Any]:
    wanted = steps.asked_of_queue(asked)
    return {"cause": wanted["cause"], "kind": wanted["kind"], "said": wanted["q"]}
