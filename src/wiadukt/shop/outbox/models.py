"""What the shop has to say to WAPRO and to production, written beside the change that says it."""

from __future__ import annotations

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Destination(models.TextChoices):
    """Who is told."""

    WAPRO = "wapro", _("WAPRO")
    PRODUCTION = "production", _("production")


class MessageState(models.TextChoices):
    """An outage leaves a message waiting; only a reasoned refusal rejects it, and only a person discards it."""

    WAITING = "waiting", _("waiting")
    DELIVERED = "delivered", _("delivered")
    REJECTED = "rejected", _("rejected")
    DISCARDED = "discarded", _("discarded")


DONE = (MessageState.DELIVERED, MessageState.DISCARDED)
"""What stands behind such a message goes on."""


class OutboundMessage(models.Model):
    """One thing to say. `key` is the receiver's idempotency key; messages of one `order_key` go in turn.

    `attempts` also fences claims: a worker whose lease ended sees another number and writes nothing. `refusal` is the
    receiver's Problem: code, title (cause), detail (remedy), field, object_id.
    """

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
    refusal = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    # A shop of the version before may still write while the tables are changed already.
    traceparent = models.CharField(max_length=55, blank=True, default="", db_default="")

    class Meta:
        ordering = ["id"]
        permissions = [("mend_messages", "Can edit and discard what the shop says to WAPRO and to production")]
        indexes = [
            models.Index(fields=["order_key", "id"], condition=~Q(state__in=DONE), name="outbox_unsaid"),
            models.Index(
                fields=["destination", "next_attempt_at", "id"], condition=Q(state="waiting"), name="outbox_due"
            ),
            models.Index(fields=["state", "-id"], name="outbox_by_state"),
            models.Index(fields=["destination", "delivered_at"], condition=Q(state="delivered"), name="outbox_arrived"),
            models.Index(fields=["key"], name="outbox_key"),
            models.Index(OpClass(Upper("key"), name="text_pattern_ops"), name="outbox_key_begins"),
            models.Index(fields=["created_at"], name="outbox_written"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} -> {self.destination}"


class Outcome(models.TextChoices):
    """How an attempt ended."""

    DELIVERED = "delivered", _("delivered")
    REFUSED = "refused", _("refused")
    OUTAGE = "outage", _("no answer")
    BUSY = "busy", _("open in WAPRO just now")
    DEFECT = "defect", _("fault of the shop")
    LOST = "lost", _("the worker fell silent")


class Attempt(models.Model):
    """One attempt to say a message: when, how long it took, and what came back.

    `duration_ms` is empty when the worker died and nobody knows. `counted` is false for an answer that came after the
    claim was lost: it changed nothing, yet the receiver may have acted on it.
    """

    message = models.ForeignKey(OutboundMessage, on_delete=models.CASCADE, related_name="attempted")
    at = models.DateTimeField(default=timezone.now)
    duration_ms = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    answer = models.TextField(blank=True)
    counted = models.BooleanField(default=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["at"], name="outbox_attempt_at")]


class Deed(models.TextChoices):
    """What a person did with a message."""

    RETRIED = "retried", _("sent again")
    EDITED = "edited", _("edited and sent again")
    DISCARDED = "discarded", _("discarded")
    TAKEN_BACK = "taken_back", _("discard taken back")
    REPLAYED = "replayed", _("said once more though delivered")


class Intervention(models.Model):
    """A person's deed. `old_payload` is what the message said before it was edited."""

    message = models.ForeignKey(OutboundMessage, on_delete=models.CASCADE, related_name="interventions")
    at = models.DateTimeField(default=timezone.now)
    author = models.CharField(max_length=254)
    deed = models.CharField(max_length=10, choices=Deed.choices)
    reason = models.TextField(blank=True)
    old_payload = models.JSONField(null=True)

    class Meta:
        ordering = ["-id"]


class Gate(models.Model):
    """Whether a destination answers. Closed after several messages running found nobody there; one at a time then
    tries whether somebody is back, so that an outage of a day costs a few attempts and not one a message."""

    destination = models.CharField(primary_key=True, max_length=12, choices=Destination.choices)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    next_probe_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
