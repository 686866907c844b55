"""Deeds on many messages or objects: how far each is, and its pause, go on and cancel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wiadukt.shop import span as spans
from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.outbox.models import Destination, MessageState
from wiadukt.shop.panel.messages import KIND_WORDS
from wiadukt.shop.panel.pace import Pace
from wiadukt.shop.sellers import access
from wiadukt.shop.sync.jobs import wake_mass
from wiadukt.shop.sync.mass import work as mass
from wiadukt.shop.sync.models import KIND_CHOICES, MassDeed, MassRun, RunState

LAST_RUNS = 30
FILTER_WORDS = {
    "state": gettext_lazy("State"),
    "destination": gettext_lazy("To"),
    "kind": gettext_lazy("What"),
    "q": gettext_lazy("Number or text"),
    "code": gettext_lazy("Cause"),
    "cause": gettext_lazy("Cause"),
    "about": gettext_lazy("it said"),
    "to": gettext_lazy("it says now"),
    "since": gettext_lazy("Since"),
    "until": gettext_lazy("Until"),
}
VALUE_WORDS = {
    **{("kind", value): word for value, word in (*KIND_CHOICES, *KIND_WORDS.items())},
    **{("state", value): word for value, word in MessageState.choices},
    **{("destination", value): word for value, word in Destination.choices},
}
HIDDEN = {"up_to", "cause"}
"""What is of no use to a person: the last row that he saw, and the key of a group; of WAPRO's queue that is its words.
"""


def asked_of(said: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """The filter of a page, without what is no filter or empty."""
    kept = {name: said[name].replace("\0", "") for name in (*names, "up_to") if said.get(name)}
    # What a refusal is about may be an empty text, and then it is that text.
    return kept | {"about": ""} if "about" in names and "about" in said and "about" not in kept else kept


def begin(request: HttpRequest, deed: MassDeed, asked: dict[str, str], total: int) -> HttpResponse:
    """Begins it and leads to its progress; of nothing nothing is begun."""
    if not total:
        messages.error(request, _("Nothing matches any more: nothing was begun."))
        return redirect("panel:runs")
    with transaction.atomic():
        run = mass.begin(deed, asked, request.user, total)
        wake_mass(run.pk)
    return redirect("panel:run", pk=run.pk)


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    rows = [(run, _pace(run)) for run in runs_of(request.user).select_related("user")[:LAST_RUNS]]
    context = {"runs": rows, "sees_all": access.sees_all(request.user)}
    return render(request, "panel/_mass_runs.html" if request.htmx else "panel/mass_runs.html", context)


@staff_only
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress of one; its changing part alone for htmx."""
    run = get_object_or_404(runs_of(request.user).select_related("user"), pk=pk)
    hidden = HIDDEN - {"cause"} if run.deed == MassDeed.ANNOUNCE else HIDDEN
    asked = {
        FILTER_WORDS.get(name, name): _said(name, value) for name, value in run.asked.items() if name not in hidden
    }
    context = {"run": run, "pace": _pace(run), "filter": asked}
    return render(request, "panel/_mass_run.html" if request.htmx else "panel/mass_run.html", context)


@staff_only
@require_POST
def step(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Pauses it, lets it go on, or cancels it; what has been done stays done."""
    run = get_object_or_404(runs_of(request.user), pk=pk)
    with transaction.atomic():
        if not mass.change(run, what):
            messages.error(request, _("It is no longer in that state: look at it again."))
        elif what == "go-on":
            wake_mass(run.pk)
    return redirect("panel:run", pk=pk)


def runs_of(user: User) -> QuerySet[MassRun]:
    """A person's own; of everybody for who sees all buyers."""
    return MassRun.objects.all() if access.sees_all(user) else MassRun.objects.filter(user=user)


def _said(name: str, value: str) -> str:
    """A value of the filter as a person reads it."""
    at = spans.moment(value) if name in spans.FIELDS else None
    return date_format(timezone.localtime(at), "d.m.Y H:i") if at else str(VALUE_WORDS.get((name, value), value))


def _pace(run: MassRun) -> Pace:
    until = run.finished_at or timezone.now()
    running = run.state == RunState.RUNNING
    return Pace.of(run.seen, run.total, (until - run.started_at).total_seconds(), is_running=running)
