"""What was rejected, grouped by its cause, with how many, what to do, and a button that does it where one can."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.health.remedies import remedy_of_failure
from wiadukt.shop.ordering.models import ErpForm
from wiadukt.shop.outbox import search
from wiadukt.shop.outbox.models import Destination
from wiadukt.shop.panel import personal
from wiadukt.shop.panel.trade_forms import KIND_OF_REFUSAL
from wiadukt.shop.sellers import access
from wiadukt.shop.sync import inbox_search
from wiadukt.shop.sync.models import KIND_CHOICES


@staff_only
def grouped(request: HttpRequest) -> HttpResponse:
    refused = search.refused_by_cause(access.messages_of(request.user))
    failed = inbox_search.by_cause(access.announced_of(request.user))
    if personal.is_veiled(request.user):
        refused = [replace(group, cause="") for group in refused]
        failed = [replace(group, example=personal.masked_text(group.example)) for group in failed]
    forms = _targets() if request.user.is_superuser else {}
    context = {
        "refused": [_refusal(group, forms) for group in refused],
        "failed": [_failure(group) for group in failed],
    }
    return render(request, "panel/causes.html", context)


def _targets() -> dict[str, list[ErpForm]]:
    """WAPRO's forms by the code of a refusal that one of them mends."""
    return {code: list(ErpForm.objects.filter(kind=kind)) for code, kind in KIND_OF_REFUSAL.items()}


def _refusal(group: search.RefusalGroup, forms: dict[str, list[ErpForm]]) -> dict[str, Any]:
    asked = {"state": "rejected", "destination": group.destination, "code": group.code}
    asked |= {"about": group.about} if group.code in search.ABOUT else {}
    return {
        "group": group,
        "targets": forms.get(group.code, []),
        "to": Destination(group.destination).label,
        "opens": f"{reverse('panel:messages')}?{urlencode(asked)}",
        "again": f"{reverse('panel:retry-messages')}?{urlencode(asked)}",
    }


def _failure(group: inbox_search.FailureGroup) -> dict[str, Any]:
    asked = {"state": "rejected", "kind": group.kind, "cause": group.key}
    return {
        "group": group,
        "kind": dict(KIND_CHOICES)[group.kind],
        "remedy": remedy_of_failure(group.example),
        "opens": f"{reverse('panel:incoming')}?{urlencode(asked)}",
        "again": f"{reverse('panel:fetch-again')}?{urlencode(asked)}",
    }
