"""What a person did in the panel itself, beside what his deed changed: who, when, with what, and what came of it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PanelAction(models.TextChoices):
    """The buttons that leave a trace here."""

    FETCHED = "fetched", _("fetched now")
    SENT = "sent", _("sent now")
    COMPARED = "compared", _("compared now")
    MAPPED = "mapped", _("form or status mapped")


class PanelDeed(models.Model):
    """One press of a button. `kind` and `object_id` are empty when it was about no single object.

    `ticket`: of a fetch, the number that the inbox gave it; its outcome is known when that number has been applied.
    """

    at = models.DateTimeField(default=timezone.now)
    author = models.CharField(max_length=254)
    action = models.CharField(max_length=12, choices=PanelAction.choices)
    kind = models.CharField(max_length=10, blank=True)
    object_id = models.CharField(max_length=100, blank=True)
    ticket = models.BigIntegerField(null=True)
    outcome = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "object_id", "-id"], name="panel_deed_object")]
