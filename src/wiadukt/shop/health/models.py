"""What health remembers: how much went over each road and how fast, and who answered."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.roads.models import Road
from wiadukt.shop.sync.silence import Silence


class Grain(models.TextChoices):
    """How long a bucket is. Minutes are kept for days, hours for a year."""

    MINUTE = "minute", _("minute")
    HOUR = "hour", _("hour")


class Traffic(models.Model):
    """What arrived over one road in one minute or hour, and how its times from change to sight are spread."""

    road = models.CharField(max_length=15, choices=Road.choices)
    grain = models.CharField(max_length=6, choices=Grain.choices)
    at = models.DateTimeField(help_text=_("When the bucket begins."))
    count = models.PositiveIntegerField()
    spread = ArrayField(models.PositiveIntegerField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grain", "at", "road"], name="traffic_bucket_once")]


class Told(models.Model):
    """What the connector saw last when it looked at one thing that seldom changes: a check's name and its findings."""

    check_name = models.CharField(primary_key=True, max_length=40)
    findings = models.JSONField()
    at = models.DateTimeField()


class Neighbour(models.Model):
    """Who stands behind a road, and whether he answers.

    `failing_since` is empty while he does, else `failing_why` says why he does not.
    """

    part = models.CharField(primary_key=True, max_length=12)
    seen_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    failing_why = models.CharField(max_length=12, choices=Silence.choices, blank=True, default="", db_default="")
    last_error = models.TextField(blank=True)
