"""What the shop says to WAPRO and to production: each message with its story, and what a person may do with it."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import messages as notes
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from wiadukt.contract.base import ContractModel
from wiadukt.contract.job_order import WorkRequest
from wiadukt.contract.order import PlacedOrder
from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.ordering.messages import PLACED, WORK_REQUESTED
from wiadukt.shop.outbox import mend
from wiadukt.shop.outbox.models import DONE, Destination, Gate, MessageState, OutboundMessage
from wiadukt.shop.panel.invalid import in_words
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync.jobs import wake_inbox

PAGE_SIZE = 50
CONTRACT: dict[str, type[ContractModel]] = {PLACED: PlacedOrder, WORK_REQUESTED: WorkRequest}
KIND_WORDS = {PLACED: gettext_lazy("order placed"), WORK_REQUESTED: gettext_lazy("work requested")}
administrators = permission_required("outbox.mend_messages", raise_exception=True)


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    """Messages that match the filter, youngest first."""
    found = _matching(request.GET)
    retryable = found.exclude(state__in=DONE).count()
    page = Paginator(found.order_by("-id"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "asked": request.GET,
        "retryable": retryable,
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
    """One message from the change that said it to the last answer."""
    found = get_object_or_404(OutboundMessage, pk=pk)
    return render(request, "panel/message.html", _story(found) | {"form": EditForm(found), "discard": DiscardForm()})


@staff_only
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        mend.retry(pk, request.user.email)
    except mend.CannotMend:
        notes.error(request, _("This message is done already: nothing was changed."))
    else:
        notes.success(request, _("Trying again now."))
    return redirect("panel:message", pk=pk)


@staff_only
@require_POST
def retry_all(request: HttpRequest) -> HttpResponse:
    """Everything that the list showed under this filter and that is not done."""
    count = mend.retry_all(_matching(request.POST), request.user.email)
    notes.success(request, ngettext("%(n)d message goes again.", "%(n)d messages go again.", count) % {"n": count})
    return redirect("panel:messages")


@staff_only
@administrators
@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Says the message otherwise. What is not of the contract is refused with the field, and nothing is changed."""
    found = get_object_or_404(OutboundMessage, pk=pk)
    form = EditForm(found, request.POST)
    if not form.is_valid():
        context = _story(found) | {"form": form, "discard": DiscardForm()}
        return render(request, "panel/message.html", context, status=422)
    return _mended(request, pk, lambda: mend.edit(pk, request.user.email, form.payload, form.cleaned_data["reason"]))


@staff_only
@administrators
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(OutboundMessage, pk=pk)
    form = DiscardForm(request.POST)
    if not form.is_valid():
        context = _story(found) | {"form": EditForm(found), "discard": form}
        return render(request, "panel/message.html", context, status=422)
    return _mended(request, pk, lambda: _discard(found, request.user.email, form.cleaned_data["reason"]))


@transaction.atomic
def _discard(found: OutboundMessage, author: str, reason: str) -> None:
    """Goods that were kept for an order which nobody will be told about are free again."""
    mend.discard(found.pk, author, reason)
    order = Order.objects.filter(number=found.key).first()
    if found.kind == PLACED and order is not None:
        inbox.ask_goods_of(order)
        wake_inbox()


class EditForm(forms.Form):
    """The message's text; `payload` holds it in the contract's words once it is valid."""

    text = forms.CharField(label=gettext_lazy("Text of the message"), widget=forms.Textarea(attrs={"rows": 18}))
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500)
    payload: dict[str, Any]

    def __init__(self, found: OutboundMessage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        self.initial["text"] = json.dumps(found.payload, indent=2, ensure_ascii=False)
        self.fields["text"].widget.attrs |= {"spellcheck": "false", "class": "mono"}

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        contract = CONTRACT.get(self.found.kind)
        if contract is None:
            raise forms.ValidationError(_("Nobody takes messages of this kind: discard it."))
        try:
            said = contract.model_validate_json(text)
        except ValidationError as error:
            raise forms.ValidationError(in_words(error)) from error
        number = getattr(said, "number", None) or getattr(said, "order_number", None)
        if number != self.found.key:
            raise forms.ValidationError(_("The number can't change: it is %(key)s.") % {"key": self.found.key})
        self.payload = said.model_dump(mode="json")
        return text


class DiscardForm(forms.Form):
    """Why nobody will be told."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)


def _mended(request: HttpRequest, pk: int, work: Any) -> HttpResponse:
    try:
        work()
    except mend.CannotMend:
        notes.error(request, _("This message is done already: nothing was changed."))
    else:
        notes.success(request, _("Saved and recorded."))
    return redirect("panel:message", pk=pk)


def _matching(asked: Any) -> QuerySet[OutboundMessage]:
    found = OutboundMessage.objects.all()
    for field in ("state", "destination", "kind"):
        if asked.get(field):
            found = found.filter(**{field: asked[field]})
    text = asked.get("q", "").strip()
    if text:
        found = found.filter(Q(key__icontains=text) | Q(last_answer__icontains=text))
    return found


def _story(found: OutboundMessage) -> dict[str, Any]:
    return {
        "message": found,
        "kind_word": KIND_WORDS.get(found.kind, found.kind),
        "attempts": found.attempted.all()[:50],
        "interventions": found.interventions.all(),
        "behind": _others(found).filter(id__gt=found.pk).exclude(state__in=DONE).count(),
        "before": _others(found).filter(id__lt=found.pk).exclude(state__in=DONE).first(),
        "order": Order.objects.filter(number=found.key).first(),
        "is_done": found.state in DONE,
        "raw": json.dumps(found.payload, indent=2, ensure_ascii=False),
    }


def _others(found: OutboundMessage) -> QuerySet[OutboundMessage]:
    return OutboundMessage.objects.filter(order_key=found.order_key).order_by("id")
