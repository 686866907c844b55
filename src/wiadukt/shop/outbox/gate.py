"""Whether a destination is worth trying now."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wiadukt.runtime.backoff import delay
from wiadukt.shop.outbox.models import Gate, MessageState, OutboundMessage

CLOSES_AFTER = 3
"""One message may fail by itself; that many running, without a success between, mean that nobody is there."""
LONGEST_PROBE_S = 30.0


def may_try(destination: str, lease: timedelta) -> bool:
    """Of a closed gate: true for the one caller who tries whether it should be."""
    now = timezone.now()
    probe = Gate.objects.filter(destination=destination, next_probe_at__lte=now)
    return probe.update(next_probe_at=now + lease) == 1


def note_failure(destination: str, cause: str, wished: timedelta = timedelta(0)) -> None:
    """Nobody answered, or somebody asked for a pause of `wished`: then the next try is no earlier."""
    with transaction.atomic():
        gate, _new = Gate.objects.select_for_update().get_or_create(destination=destination)
        gate.failures += 1
        gate.failing_since = gate.failing_since or timezone.now()
        gate.last_error = cause[:2000]
        if gate.failures >= CLOSES_AFTER:
            pause = delay(gate.failures - CLOSES_AFTER + 1, cap_s=LONGEST_PROBE_S)
            gate.next_probe_at = timezone.now() + max(pause, wished)
        gate.save()


def note_answer(destination: str) -> None:
    """Somebody answered, if only to refuse: whatever waits goes on at once, oldest first."""
    gate = Gate.objects.filter(destination=destination, failures__gt=0).first()
    if gate is None:
        return
    with transaction.atomic():
        if gate.next_probe_at is not None:  # messages before the gate: a claim locks them in that order too
            now = timezone.now()
            waiting = OutboundMessage.objects.filter(destination=destination, state=MessageState.WAITING)
            # One that somebody holds is being said or mended just now: to wait for it could be to wait for each other.
            free = waiting.filter(next_attempt_at__gt=now).select_for_update(skip_locked=True)
            OutboundMessage.objects.filter(pk__in=free.values("pk")).update(next_attempt_at=now)
        Gate.objects.filter(destination=destination).update(
            failures=0, failing_since=None, next_probe_at=None, last_error=""
        )


def closed() -> dict[str, bool]:
    """Closed destinations, and whether the time of the next try has come."""
    now = timezone.now()
    return {gate.destination: gate.next_probe_at <= now for gate in Gate.objects.filter(~Q(next_probe_at=None))}
