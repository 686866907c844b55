"""A round of checks that a person began, and how each of them ended; kept so that a later reader sees what was seen."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wiadukt.contract.checkup import CheckReport, Grade


class Checkup(models.Model):
    """One round. `finished_at` is empty while checks are left."""

    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    asked_by = models.CharField(max_length=254)

    class Meta:
        ordering = ["-id"]


class GradeWord(models.TextChoices):
    """How a check ended, in words."""

    OK = Grade.OK.value, _("in order")
    ADVICE = Grade.ADVICE.value, _("advice")
    SKIPPED = Grade.SKIPPED.value, _("skipped")
    FAULT = Grade.FAULT.value, _("to mend")


class Outcome(models.Model):
    """How one check ended. Whoever runs the same check of the same round a second time changes nothing."""

    checkup = models.ForeignKey(Checkup, on_delete=models.CASCADE, related_name="outcomes")
    step = models.CharField(max_length=60)
    grade = models.CharField(max_length=10, choices=GradeWord.choices)
    report = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkup", "step"], name="outcome_once")]

    @property
    def read(self) -> CheckReport:
        return CheckReport.model_validate(self.report)
