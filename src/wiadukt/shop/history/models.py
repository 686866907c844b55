"""One timeline for every object: what changed, when, from which message, old and new value."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Who made the change."""

    WAPRO = "wapro", _("WAPRO")
    STAFF = "staff", _("shop staff")
    BUYER = "buyer", _("buyer")
    SYSTEM = "system", _("shop")


class Change(models.Model):
    """One changed field of one object. Values are texts as a person would read them."""

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    field = models.CharField(max_length=60)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    message_id = models.CharField(max_length=100, blank=True, help_text="Event or message that brought the change.")
    author = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["kind", "object_id", "-at"], name="history_object")]
