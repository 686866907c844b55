"""WAPRO's own queue of changes, as the connector tells it: what waits, what went, what the shop refused and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wiadukt.contract.erp_queue import MAX_ROWS, QueueFilter, QueuePage, QueueRows
from wiadukt.contract.errors import Misconfigured, Refused, Unreachable
from wiadukt.contract.states import QueueState
from wiadukt.shop import span as spans
from wiadukt.shop import streamed
from wiadukt.shop.panel import runs
from wiadukt.shop.panel.objects.find import openable
from wiadukt.shop.panel.objects.labels import QUEUE_STATES
from wiadukt.shop.sellers.access import watchers_only
from wiadukt.shop.sync import client
from wiadukt.shop.sync.mass import steps
from wiadukt.shop.sync.models import KIND_CHOICES, MassDeed

PAGE_SIZE = 50
PILLS = {QueueState.ACCEPTED: "waiting", QueueState.SENT: "ok", QueueState.REJECTED: "rejected"}
FILTERS = ("state", "kind", "q", *spans.FIELDS)
ASKED = (*FILTERS, "cause")
EXPORTED = ("id", "kind", "object_id", "state", "attempts", "accepted_at", "sent_at", "last_error")
SILENCE = (Unreachable, Misconfigured, Refused)


@watchers_only
def listed(request: HttpRequest) -> HttpResponse:
    """A page of the queue. When the connector is silent the page says so: the queue itself loses nothing."""
    asked = {name: request.GET.get(name, "").replace("\0", "").strip() for name in (*FILTERS, "before")}
    context: dict[str, Any] = {
        "asked": asked,
        "page": (),
        "openable": openable(request.user),
        "filters": [("state", _("State"), QUEUE_STATES), ("kind", _("What"), KIND_CHOICES)],
        "state_words": dict(QUEUE_STATES),
        "kind_words": dict(KIND_CHOICES),
        "pills": {state.value: pill for state, pill in PILLS.items()},
    }
    try:
        found = client.connector().queue(_page(asked, PAGE_SIZE))
    except SILENCE as silence:
        return render(request, "panel/erp_queue.html", context | {"silence": str(silence)})
    any_rejected = any(row.state == QueueState.REJECTED for row in found.rows)
    context |= {"rows": found.rows, "next_before": found.next_before, "any_rejected": any_rejected}
    return render(request, "panel/erp_queue.html", context)


def _page(asked: Mapping[str, str], limit: int) -> QueuePage:
    """In the connector's words; what is no state and no number says nothing."""
    state, before = asked.get("state", ""), asked.get("before", "")
    return QueuePage(
        **dict(steps.asked_of_queue(asked)),
        state=QueueState(state) if state in list(QueueState) else None,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        limit=limit,
    )


@watchers_only
def export(request: HttpRequest, fmt: str) -> HttpResponse | StreamingHttpResponse:
    """Rows that the list shows under this filter, youngest first. A connector that falls silent on the way cuts the
    file off: whoever reads it sees an error, and takes no part for the whole."""
    if fmt not in streamed.FORMATS:
        raise Http404
    asked = _page({name: request.GET.get(name, "").replace("\0", "").strip() for name in FILTERS}, MAX_ROWS)
    try:
        first = client.connector().queue(asked)
    except SILENCE as silence:
        messages.error(request, _("The connector does not answer: %(why)s") % {"why": silence})
        return redirect("panel:causes")
    name = f"wapro-queue-{timezone.localdate().isoformat()}.{fmt}"
    return streamed.table(request, _portions(first, asked), EXPORTED, name)


def _portions(found: QueueRows, asked: QueuePage) -> Iterator[streamed.Portion]:
    while True:
        yield [row.model_dump(mode="json") for row in found.rows]
        if found.next_before is None:
            return
        found = client.connector().queue(asked.model_copy(update={"before": found.next_before}))


@watchers_only
def causes(request: HttpRequest) -> HttpResponse:
    """The part of the page of causes that is WAPRO's, asked for when that page stands already."""
    try:
        found = client.connector().queue_causes(QueueFilter())
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
        found = client.connector().queue_causes(steps.asked_of_queue(asked))
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
