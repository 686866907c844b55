"""Alarms are kept as long as messages of the road are; what still waits for its recipient until it has arrived."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from wiadukt.shop.alarms.models import AlarmMessage, DispatchState, Incident


def prune(now: datetime | None = None) -> None:
    """Forgets what ended and arrived longer ago than SHOP_KEEP_DAYS."""
    before = (now or timezone.now()) - timedelta(days=settings.ENVIRONMENT.shop_keep_days)
    old = AlarmMessage.objects.filter(created_at__lt=before)
    old.exclude(dispatches__state=DispatchState.WAITING).delete()
    Incident.objects.filter(ended_at__lt=before, end_told=True).delete()
