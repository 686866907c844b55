"""Closing a road and opening it again. Nothing is lost meanwhile: what is to be carried waits, and goes on in its turn.

The claims of the outbox and of the inbox ask for a standing pause themselves, in their own statements (`NOT_PAUSED`):
whatever a worker had taken before the road was closed is finished, and nothing is taken after.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from wiadukt.shop import waking
from wiadukt.shop.roads.models import Pause, Road

NOT_PAUSED = "NOT EXISTS (SELECT FROM roads_pause WHERE road = {road} AND resumed_at IS NULL)"


def standing() -> dict[str, Pause]:
    """Pauses that hold now, by road."""
    return {pause.road: pause for pause in Pause.objects.filter(resumed_at=None)}


def pause(road: Road, reason: str, author: str) -> bool:
    """Closes the road; False when somebody has closed it already."""
    try:
        with transaction.atomic():
            Pause.objects.create(road=road, reason=reason, paused_by=author)
    except IntegrityError:
        return False
    return True


def resume(road: Road, author: str, *wake: str) -> bool:
    """Opens the road, and runs the jobs `wake`, for they carry what waits; False when it is open already."""
    with transaction.atomic():
        opened = Pause.objects.filter(road=road, resumed_at=None).update(resumed_by=author, resumed_at=timezone.now())
        for task in wake if opened else ():
            waking.after_commit(task)
    return opened > 0
