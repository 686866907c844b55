"""What the shop says to WAPRO and to production: each message with its story, and what a person may do with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages as notes
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wiadukt.runtime import trace
from wiadukt.shop import keyset
from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.addresses.waiting import ADDRESS_CHANGED, PLACE_CHANGED
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.ordering.messages import CANCELLED, PLACED, WORK_CANCELLED, WORK_REINSTATED, WORK_REQUESTED
from wiadukt.shop.outbox import mend, search
from wiadukt.shop.outbox.models import DONE, Deed, Destination, Gate, Intervention, MessageState, OutboundMessage
from wiadukt.shop.panel import payload, personal
from wiadukt.shop.panel.message_forms import DiscardForm, EditForm
from wiadukt.shop.sellers import access
from wiadukt.shop.sync import changed, inbox
from wiadukt.shop.sync.deliver import follow_wapro_again
from wiadukt.shop.sync.jobs import wake_inbox

PAGE_SIZE = 50
MOST_ATTEMPTS = 50
KIND_WORDS = {
    PLACED: gettext_lazy("order placed"),
    WORK_REQUESTED: gettext_lazy("work requested"),
    WORK_CANCELLED: gettext_lazy("work cancelled"),
    WORK_REINSTATED: gettext_lazy("work to be done after all"),
    CANCELLED: gettext_lazy("order cancelled"),
    ADDRESS_CHANGED: gettext_lazy("address changed"),
    PLACE_CHANGED: gettext_lazy("delivery place changed"),
}
administrators = permission_required("outbox.mend_messages", raise_exception=True)


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    """Messages that match the filter, youngest first."""
    mine, is_veiled = access.messages_of(request.user), personal.is_veiled(request.user)
    page = keyset.page(search.matching(request.GET, mine, texts=not is_veiled), request.GET, PAGE_SIZE)
    if is_veiled:
        personal.veil_messages(page.rows)
    context = {
        "page": page,
        "asked": request.GET,
        "retryable": search.retryable(request.GET, mine, texts=not is_veiled).count(),
        "kinds_by_code": KIND_WORDS,
        "filters": [
            ("state", _("State"), MessageState.choices),
            ("destination", _("To"), Destination.choices),
            ("kind", _("What"), KIND_WORDS.items()),
        ],
        "gates": Gate.objects.exclude(failing_since=None),
    }
    return render(request, "panel/messages.html", context)


@staff_only
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message from the change that said it to the last answer. While it waits the page asks again and again for
    what came meanwhile; `seen`: the state that it shows, and when that is over it is loaded anew."""
    found = get_object_or_404(access.messages_of(request.user), pk=pk)
    if request.htmx and found.state != request.GET.get("seen"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _page(request, found)


@staff_only
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(access.messages_of(request.user), pk=pk)
    return _mended(request, pk, lambda: mend.retry(pk, request.user.email), _("Trying again now."))


@staff_only
@administrators
@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Says the message otherwise. What is not of the contract is refused with the field, and nothing is changed."""
    if personal.is_veiled(request.user):  # who may not read a text can't write it
        raise PermissionDenied
    found = get_object_or_404(access.messages_of(request.user), pk=pk)
    form = EditForm(found, _as_text(found, request.POST))
    if not form.is_valid():
        return _page(request, found, form=form)
    asked = form.cleaned_data

    def work() -> OutboundMessage:
        return mend.edit(pk, request.user.email, form.payload, reason=asked["reason"], seen=asked["seen"])

    return _mended(request, pk, work, _("Saved and recorded."))


def _as_text(found: OutboundMessage, said: QueryDict) -> QueryDict:
    """Who mends the refused field alone says its `value`; the rest of the text stays."""
    if "value" not in said or "text" in said:
        return said
    text = payload.written_otherwise(found.payload, (found.refusal or {}).get("field") or "", said["value"])
    whole = said.copy()
    whole["text"] = payload.as_json(text)
    return whole


@staff_only
@administrators
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody will be told; the reason is asked for and kept."""
    found = get_object_or_404(access.messages_of(request.user), pk=pk)
    form = DiscardForm(request.POST)
    if not form.is_valid():
        return _page(request, found, discard_form=form)
    reason = form.cleaned_data["reason"]
    return _mended(request, pk, lambda: _with_goods(mend.discard, found, request, reason), _("Saved and recorded."))


@staff_only
@administrators
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A discard was a mistake: the message waits again; the reason is asked for and kept."""
    found = get_object_or_404(access.messages_of(request.user), pk=pk)
    form = DiscardForm(request.POST)
    if not form.is_valid():
        return _page(request, found, discard_form=form)
    reason = form.cleaned_data["reason"]
    return _mended(request, pk, lambda: _with_goods(mend.take_back, found, request, reason), _("Saved and recorded."))


@transaction.atomic
def _with_goods(
    deed: Callable[[int, str, str], OutboundMessage], found: OutboundMessage, request: HttpRequest, reason: str
) -> OutboundMessage:
    """Goods that were kept for an order which nobody will be told about are free again, and kept when it is told.

    An address that nobody will be told about is WAPRO's again.
    """
    message = deed(found.pk, request.user.email, reason)
    order = Order.objects.filter(number=found.key).first()
    if found.kind == PLACED and order is not None:
        inbox.ask_goods_of(order)
    if deed is mend.discard:
        changed.note_refusal(message, reason)
    follow_wapro_again(message)
    wake_inbox()
    return message


def discarded(told: Iterable[OutboundMessage]) -> list[tuple[OutboundMessage, Intervention]]:
    """Those of these messages that nobody will say any more, each with who decided it and why."""
    dropped = (one for one in told if one.state == MessageState.DISCARDED)
    deeds = ((one, next((x for x in one.interventions.all() if x.deed == Deed.DISCARDED), None)) for one in dropped)
    return [(one, deed) for one, deed in deeds if deed is not None]


def _mended(request: HttpRequest, pk: int, work: Callable[[], OutboundMessage], done: str) -> HttpResponse:
    try:
        work()
    except mend.CannotMend:
        notes.error(request, _("This message is done already: nothing was changed."))
    except mend.Overtaken:
        notes.error(request, _("A younger message of the same object was delivered: said now, this one would undo it."))
    except mend.ChangedMeanwhile:
        notes.error(request, _("Somebody edited this message meanwhile: nothing was changed. Look at its text again."))
    else:
        notes.success(request, done)
    return redirect("panel:message", pk=pk)


def _page(
    request: HttpRequest,
    found: OutboundMessage,
    *,
    form: EditForm | None = None,
    discard_form: DiscardForm | None = None,
) -> HttpResponse:
    """The message's page; with a form that was refused it is 422."""
    context = _story(request, found) | {"form": form or EditForm(found), "discard": discard_form or DiscardForm()}
    return render(request, "panel/message.html", context, status=422 if form or discard_form else 200)


def _story(request: HttpRequest, found: OutboundMessage) -> dict[str, Any]:
    unsaid = search.unsaid_of(found)
    deeds, attempts = list(found.interventions.all()), list(found.attempted.all()[:MOST_ATTEMPTS])
    is_veiled = personal.is_veiled(request.user)
    if is_veiled:
        personal.veil_story(found, attempts, deeds)
    return {
        "message": found,
        "kind_word": KIND_WORDS.get(found.kind, found.kind),
        "refused_field": payload.written_at(found.payload, (found.refusal or {}).get("field") or ""),
        "facts": payload.facts_of(found.payload),
        "tables": payload.tables_of(found.payload),
        "raw": payload.as_json(found.payload),
        "attempts": attempts,
        "is_veiled": is_veiled,
        "deeds": _with_changes(found, deeds),
        "discarded": [(found, deed) for deed in deeds[:1] if found.state == MessageState.DISCARDED],
        "behind": unsaid.filter(id__gt=found.pk).count(),
        "before": unsaid.filter(id__lt=found.pk).first(),
        "gate": Gate.objects.filter(destination=found.destination).exclude(next_probe_at=None).first(),
        "order": access.orders_of(request.user).filter(number=found.key).first(),
        "is_done": found.state in DONE,
        "trace_id": trace.trace_id_of(found.traceparent),
    }


def _with_changes(
    found: OutboundMessage, deeds: list[Intervention]
) -> list[tuple[Intervention, list[payload.Difference]]]:
    """Youngest first, each with what it changed: the text after an edit is the one before the next, or today's."""
    told, after = [], found.payload
    for deed in deeds:
        changes = [] if deed.old_payload is None else payload.differences(deed.old_payload, after)
        told.append((deed, changes))
        after = after if deed.old_payload is None else deed.old_payload
    return told
