"""A round that a person began, one step at a time: whoever looks at it carries it on, and no worker is needed."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from wiadukt.contract.checkup import Grade
from wiadukt.shop.doctor.course import Step, run_step, steps
from wiadukt.shop.doctor.models import Checkup, Outcome
from wiadukt.shop.doctor.subject import Subject

KEEP = 30
"""Rounds that are kept."""


def begin(author: str) -> Checkup:
    """A new round, with nothing looked at yet; the oldest are forgotten."""
    with transaction.atomic():
        kept = Checkup.objects.values("pk")[: KEEP - 1]
        Checkup.objects.exclude(pk__in=[row["pk"] for row in kept]).delete()
        return Checkup.objects.create(asked_by=author)


def go_on(checkup: Checkup, subject: Subject) -> None:
    """Runs the next check. Of two that do it at once the first one's outcome stays."""
    grades = dict(checkup.outcomes.values_list("step", "grade"))
    step = _next(grades)
    if step is not None:
        report = run_step(step, subject, {name: Grade(grade) for name, grade in grades.items()})
        Outcome.objects.bulk_create(
            [Outcome(checkup=checkup, step=step.name, grade=report.grade, report=report.model_dump(mode="json"))],
            ignore_conflicts=True,
        )
        grades[step.name] = report.grade
    if _next(grades) is None and checkup.finished_at is None:
        checkup.finished_at = timezone.now()
        checkup.save(update_fields=["finished_at"])


def _next(done: dict[str, str]) -> Step | None:
    return next((step for step in steps() if step.name not in done), None)
