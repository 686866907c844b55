"""The three roads between the shop and the others, and the times for which a person closed one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Road(models.TextChoices):
    """One direction. What goes out is named after its destination: `to_` and the outbox's word for it."""

    TO_WAPRO = "to_wapro", _("shop → WAPRO")
    FROM_WAPRO = "from_wapro", _("WAPRO → shop")
    TO_PRODUCTION = "to_production", _("shop → production")


class Pause(models.Model):
    """A road closed by a person, and for what reason; it stands until somebody opens the road again."""

    road = models.CharField(max_length=15, choices=Road.choices)
    reason = models.CharField(max_length=300)
    paused_by = models.CharField(max_length=254)
    paused_at = models.DateTimeField(default=timezone.now)
    resumed_by = models.CharField(max_length=254, blank=True)
    resumed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["road"], condition=Q(resumed_at=None), name="road_paused_once")]

    def __str__(self) -> str:
        return f"{self.road}: {self.reason}"
