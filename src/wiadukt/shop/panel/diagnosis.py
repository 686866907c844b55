"""Diagnosis: one button looks at everything, step by step, and each step shows as it ends.

The page itself asks for the next step, so it works while no worker lives, which is one of the things it must find.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wiadukt.contract.checkup import CheckReport, Grade
from wiadukt.shop.accounts.staff import administrators_only
from wiadukt.shop.doctor import rounds, support
from wiadukt.shop.doctor.course import PARTS, steps
from wiadukt.shop.doctor.models import Checkup, GradeWord, Outcome
from wiadukt.shop.doctor.subject import Subject
from wiadukt.shop.sync import client

LAST_ROUNDS = 10
FORMATS = {"json": (support.as_json, "application/json"), "txt": (support.as_text, "text/plain; charset=utf-8")}


@dataclass
class PartView:
    """What was seen at one part. `skipped` are told in one line, with the reason that they share."""

    name: Any
    done: list[tuple[Outcome, CheckReport]] = field(default_factory=list)
    skipped: list[CheckReport] = field(default_factory=list)


@administrators_only
def diagnosis(request: HttpRequest) -> HttpResponse:
    """The button, and the rounds before."""
    context = {"rounds": [(one, _counts(one.outcomes.all())) for one in _last()]}
    return render(request, "panel/diagnosis.html", context)


@administrators_only
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    return redirect("panel:diagnosis-round", rounds.begin(request.user.email).pk)


@administrators_only
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """One round. While steps are left the page asks for the next one."""
    checkup = get_object_or_404(Checkup, pk=pk)
    return render(request, "panel/diagnosis_round.html", _context(checkup))


@administrators_only
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Runs the next check and shows what is known by now."""
    checkup = get_object_or_404(Checkup, pk=pk)
    rounds.go_on(checkup, Subject(client.connector(), client.production()))
    if request.htmx:
        return render(request, "panel/_diagnosis.html", _context(checkup))
    return redirect("panel:diagnosis-round", pk)


@administrators_only
def report(request: HttpRequest, pk: int, fmt: str) -> HttpResponse:
    """The round as a file for support."""
    if fmt not in FORMATS:
        raise Http404
    checkup = get_object_or_404(Checkup, pk=pk)
    written, media_type = FORMATS[fmt]
    name = f"wiadukt-{checkup.started_at:%Y%m%d-%H%M%S}.{fmt}"
    return HttpResponse(
        written(checkup),
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _last() -> list[Checkup]:
    return list(Checkup.objects.prefetch_related("outcomes")[:LAST_ROUNDS])


def _context(checkup: Checkup) -> dict[str, Any]:
    outcomes = support.ended(checkup)
    parts: dict[str, PartView] = {}
    for one in outcomes:
        code = one.step.partition(".")[0]
        part = parts.setdefault(code, PartView(PARTS[code]))
        if one.grade == Grade.SKIPPED:
            part.skipped.append(one.read)
        else:
            part.done.append((one, one.read))
    total = len(steps())
    return {
        "checkup": checkup,
        "parts": parts.values(),
        "faults": [read for part in parts.values() for one, read in part.done if one.grade == Grade.FAULT],
        "counts": _counts(outcomes),
        "done": len(outcomes),
        "total": total,
    }


def _counts(outcomes: Iterable[Outcome]) -> list[tuple[str, Any, int]]:
    """How many ended in which way, the worst first."""
    grades = [one.grade for one in outcomes]
    order = (GradeWord.FAULT, GradeWord.ADVICE, GradeWord.SKIPPED, GradeWord.OK)
    return [(grade.value, grade.label, grades.count(grade)) for grade in order if grade in grades]
