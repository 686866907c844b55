"""What the shop has to say to WAPRO and to production, written beside the change that says it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Destination(models.TextChoices):
    """Who is told."""

    WAPRO = "wapro", _("WAPRO")
    PRODUCTION = "production", _("production")


class MessageState(models.TextChoices):
    """An outage leaves a message waiting; only a reasoned refusal rejects it."""

    WAITING = "waiting", _("waiting")
    DELIVERED = "delivered", _("delivered")
    REJECTED = "rejected", _("rejected")


class OutboundMessage(models.Model):
    """One thing to say. `key` is the receiver's idempotency key; messages of one `order_key` go in turn."""

    destination = models.CharField(max_length=12, choices=Destination.choices)
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    order_key = models.CharField(max_length=90)
    payload = models.JSONField()
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(auto_now_add=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    last_answer = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["order_key", "id"], condition=Q(state="waiting"), name="outbox_in_turn"),
            models.Index(fields=["next_attempt_at"], condition=Q(state="waiting"), name="outbox_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} -> {self.destination}"
