"""Whom alarms go to and when; which troubles stand; what was said of them, and whether it arrived."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Channels(models.Model):
    """Whom to tell, and when not; one row. `looked_at`: when troubles were looked at last.

    `heartbeat_at`: when the sign of life was taken last; `heartbeat_error`: why the last one was not, else empty.
    """

    emails = ArrayField(models.EmailField(), default=list)
    webhook_url = models.URLField(max_length=500, blank=True)
    webhook_secret = models.CharField(max_length=100, blank=True)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    quiet_weekends = models.BooleanField(default=False)
    remind_after_min = models.PositiveIntegerField(default=60)
    looked_at = models.DateTimeField(null=True)
    heartbeat_url = models.URLField(max_length=500, blank=True, default="", db_default="")
    heartbeat_at = models.DateTimeField(null=True)
    heartbeat_error = models.TextField(blank=True, default="", db_default="")

    @property
    def reach_somebody(self) -> bool:
        return bool(self.emails or self.webhook_url)


class AlarmRule(models.Model):
    """One rule as the administrator set it; a rule without a row stands as `rules.KINDS` says."""

    rule = models.CharField(primary_key=True, max_length=20)
    is_on = models.BooleanField()
    threshold = models.PositiveIntegerField()
    always = models.BooleanField(help_text=_("Also in quiet hours."))


class Incident(models.Model):
    """One trouble from its first sight to its end. `reached_at`: when it was first as large as its rule asks; until
    then it is only watched. `next_at`: when it is to be told, or told again.

    `clear_since`: it has not been seen since then; it ends when that lasts, so that one that comes and goes is one.
    """

    key = models.CharField(max_length=60)
    rule = models.CharField(max_length=20)
    said = models.JSONField(help_text=_("As it was seen last."))
    began_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True)
    clear_since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    told = models.PositiveIntegerField(default=0)
    end_told = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["key"], condition=Q(ended_at=None), name="incident_stands_once")]
        indexes = [models.Index(fields=["key", "-ended_at"], name="incident_by_key")]


class MessageKind(models.TextChoices):
    """Why it is sent."""

    ALARM = "alarm", _("alarm")
    REMINDER = "reminder", _("reminder")
    BETTER = "better", _("partly mended")
    WELL = "well", _("all well again")
    TEST = "test", _("test")


class AlarmMessage(models.Model):
    """What was said, the same to everybody. Its key is the webhook's id and, by recipient, the Message-ID."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    content = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]


class Channel(models.TextChoices):
    """How it goes."""

    EMAIL = "email", _("e-mail")
    WEBHOOK = "webhook", _("webhook")


class DispatchState(models.TextChoices):
    """What became of it. `dropped`: the recipient was taken off the list before it arrived."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    DROPPED = "dropped", _("dropped")


class Dispatch(models.Model):
    """One message to one recipient. It waits until it has arrived; a claim ends by itself when its worker dies."""

    message = models.ForeignKey(AlarmMessage, on_delete=models.CASCADE, related_name="dispatches")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    to = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=DispatchState.choices, default=DispatchState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    last_error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["next_attempt_at"], condition=Q(state="waiting"), name="dispatch_due")]
