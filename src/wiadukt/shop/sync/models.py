"""What WAPRO announced and what the shop still has to fetch.

An event only raises `asked`; a worker claims the object, fetches it, applies it and sets `applied` to the number it
claimed. An event that arrives meanwhile leaves `asked` ahead, so the object is fetched again.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wiadukt.contract.base import Kind

KIND_CHOICES = [
    (Kind.CUSTOMER.value, _("buyer")),
    (Kind.PRODUCT.value, _("product")),
    (Kind.ORDER.value, _("order")),
    (Kind.INVOICE.value, _("invoice")),
]


class InboxEvent(models.Model):
    """An event as it came; its id makes a repeat harmless."""

    event_id = models.CharField(primary_key=True, max_length=100)
    kind = models.CharField(max_length=10, choices=KIND_CHOICES)
    object_id = models.CharField(max_length=100)
    time = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now, db_index=True)


class InboxState(models.TextChoices):
    """Where an announced object stands."""

    WAITING = "waiting", _("waiting")
    APPLIED = "applied", _("applied")
    REJECTED = "rejected", _("rejected")


class InboxObject(models.Model):
    """One object of WAPRO's that was announced at least once."""

    kind = models.CharField(max_length=10, choices=KIND_CHOICES)
    object_id = models.CharField(max_length=100)
    asked = models.BigIntegerField(default=1)
    applied = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=InboxState.choices, default=InboxState.WAITING)
    quiet = models.BooleanField(default=False, help_text=_("Taken over: customers get no e-mail about it."))
    claim = models.UUIDField(null=True)
    claimed_asked = models.BigIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    last_error = models.TextField(blank=True)
    last_event_id = models.CharField(max_length=100, blank=True)
    waits_for_customer = models.CharField(
        max_length=20, blank=True, help_text=_("Left out because this buyer has no organisation.")
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="inbox_object_once")]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(state="waiting"), name="inbox_due"),
            models.Index(fields=["waits_for_customer"], condition=~Q(waits_for_customer=""), name="inbox_orphans"),
        ]
