"""What people are to hear of their orders by e-mail."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.organisations.models import Member


class News(models.TextChoices):
    """What happened to an order. `value` of a notice says more, as `notices` writes it."""

    ACCEPTED = "accepted", _("accepted")
    STATE = "state", _("state")
    PARCEL = "parcel", _("parcel number")
    REALISED = "realised", _("issued in part")
    DUE = "due", _("date")
    CHANGED = "changed", _("changed by the seller")
    GONE = "gone", _("deleted in WAPRO")


class OrderNotice(models.Model):
    """One thing that one person is to hear, once: the same news never makes a second row."""

    order = models.ForeignKey("order.Order", on_delete=models.CASCADE, related_name="notices")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="order_notices")
    news = models.CharField(max_length=10, choices=News.choices)
    value = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["order", "member", "news", "value"], name="notice_once")]
        indexes = [models.Index(fields=["member"], condition=models.Q(sent_at=None), name="notice_unsent")]
