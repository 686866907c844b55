"""The daily comparison in the dashboard: its runs, what drifted and why, and a button to compare now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.contract.base import Kind
from wiadukt.contract.facts import BUCKETS
from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.panel import personal
from wiadukt.shop.panel.drift_trend import trend
from wiadukt.shop.panel.objects.find import openable
from wiadukt.shop.panel.objects.labels import label_of, value_of
from wiadukt.shop.panel.objects.subject import UNKNOWN
from wiadukt.shop.panel.pace import Pace
from wiadukt.shop.sellers import access
from wiadukt.shop.sellers.access import supervisors_only
from wiadukt.shop.sync.jobs import wake_reconciliation
from wiadukt.shop.sync.models import KIND_CHOICES, Cause, Drift, Problem, Reconciliation, RunState
from wiadukt.shop.sync.reconcile import run as reconciliation

LAST_RUNS = 14
DRIFTS_A_PAGE = 50
STEPS = {
    "pause": (RunState.RUNNING, RunState.PAUSED),
    "go-on": (RunState.PAUSED, RunState.RUNNING),
    "stop": (RunState.PAUSED, RunState.STOPPED),
}


@staff_only
def runs(request: HttpRequest) -> HttpResponse:
    """The last comparisons with their drift, which should be nothing."""
    last = Reconciliation.objects.all()[:LAST_RUNS]
    rows = [(run, _pace(run)) for run in last]
    context = {"runs": rows, "kinds": KIND_CHOICES, "sees_all": access.sees_all(request.user)}
    if request.htmx:
        return render(request, "panel/_runs.html", context)
    context["trend"] = trend(access.announced_of(request.user, "Drift"))
    return render(request, "panel/reconciliation.html", context)


@staff_only
def drift(request: HttpRequest, pk: int) -> HttpResponse:
    """One comparison: what differed, object by object and field by field, and the guessed cause."""
    run = get_object_or_404(Reconciliation, pk=pk)
    drifts = access.announced_of(request.user, "Drift").filter(run=run)
    summary = drifts.order_by().values("kind", "problem", "cause").annotate(n=Count("object_id", distinct=True))
    page = Paginator(drifts, DRIFTS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    if personal.is_veiled(request.user):
        personal.veil_drifts(page.object_list)
    kinds = openable(request.user)
    context = {
        "run": run,
        "pace": _pace(run),
        "summary": [_named(row) for row in summary.order_by("-n")],
        "page": page,
        "rows": [_shown(row, kinds) for row in page],
    }
    return render(request, "panel/drift.html", context)


@supervisors_only
@require_POST
def compare_now(request: HttpRequest) -> HttpResponse:
    """Starts a comparison of everything or of one kind; a dry run only reports."""
    asked = request.POST.get("kind", "")
    if asked and asked not in list(Kind):
        messages.error(request, _("Kind: choose one of the list."))
        return redirect("panel:reconciliation")
    kinds = (Kind(asked),) if asked else reconciliation.ORDER
    with transaction.atomic():
        run = reconciliation.start(kinds, only_reports="dry" in request.POST, asked_by=request.user.email)
        wake_reconciliation(run.pk)
    messages.success(request, _("The comparison has begun."))
    return redirect("panel:reconciliation")


@supervisors_only
@require_POST
def step(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Pauses a comparison, lets it go on where it was, or ends it for good."""
    before, after = STEPS.get(what, (None, None))
    with transaction.atomic():
        if after is not None and Reconciliation.objects.filter(pk=pk, state=before).update(state=after):
            if after == RunState.RUNNING:
                wake_reconciliation(pk)
        else:
            messages.error(request, _("The comparison is no longer in that state: look at the list again."))
    return redirect("panel:reconciliation")


def _pace(run: Reconciliation) -> Pace:
    total = len(run.kinds) * BUCKETS
    done = total if run.state == RunState.FINISHED else run.kinds.index(run.kind) * BUCKETS + run.next_bucket
    running = run.state == RunState.RUNNING
    return Pace.of(done, total, run.worked_s, is_running=running, counted=run.compared)


@dataclass(frozen=True)
class Shown:
    """One difference as a person reads it; `url`: its object's page, empty where none opens for him."""

    drift: Drift
    what: str
    in_shop: str
    in_wapro: str
    url: str


def _shown(row: Drift, kinds: Collection[str]) -> Shown:
    key = f"{UNKNOWN}{row.object_id}" if row.problem == Problem.NOT_IN_ERP else row.object_id
    url = f"{reverse('panel:object', args=[row.kind])}?{urlencode({'id': key})}" if row.kind in kinds else ""
    what = label_of(row.field) if row.field else str(row.get_problem_display())
    return Shown(row, what, value_of(row.field, row.shop_value), value_of(row.field, row.erp_value), url)


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": dict(KIND_CHOICES)[row["kind"]],
        "problem": Problem(row["problem"]).label,
        "cause": Cause(row["cause"]).label,
        "n": row["n"],
    }
