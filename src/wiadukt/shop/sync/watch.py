"""Looks at the connector every few seconds: does it answer, is capture on, has a time without capture ended."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from wiadukt.contract.errors import Misconfigured, Refused, Unreachable
from wiadukt.contract.status import ConnectorStatus
from wiadukt.runtime import clock
from wiadukt.shop.addresses.models import WaproRules
from wiadukt.shop.ordering import trade_forms
from wiadukt.shop.sync import statuses
from wiadukt.shop.sync.client import Connector
from wiadukt.shop.sync.models import ConnectorState, Reconciliation
from wiadukt.shop.sync.reconcile import run as reconciliation
from wiadukt.shop.sync.silence import why

GAP = "capture"
"""Who asked for a comparison that no person asked for."""


def look(connector: Connector) -> Reconciliation | None:
    """Notes what the connector says of itself; returns the comparison that a newly ended gap calls for.

    What is seen first is the beginning, not a gap: the flag day brings everything anyhow.
    """
    asked_at = clock.now()
    try:
        status = connector.status()
    except (Unreachable, Misconfigured, Refused) as error:
        with transaction.atomic():
            state = _locked()
            state.failing_since, state.last_error = state.failing_since or timezone.now(), str(error)[:2000]
            state.failing_why = why(error)
            state.save(update_fields=["failing_since", "failing_why", "last_error"])
        return None
    return note(status, asked_at=asked_at)


def note(status: ConnectorStatus, *, asked_at: datetime | None = None) -> Reconciliation | None:
    """Keeps what the connector said; returns the comparison that a newly ended gap calls for."""
    clock_off_s = _clock_off_s(status, asked_at)
    with transaction.atomic():
        state = _locked()
        is_first = state.seen_at is None
        gap_is_new = status.gap_ended_at is not None and status.gap_ended_at != state.gap_ended_at
        state.version, state.capture, state.capture_missing = status.version, status.capture, status.capture_missing
        state.seen_at, state.gap_ended_at = timezone.now(), status.gap_ended_at
        state.failing_since, state.failing_why, state.last_error = None, "", ""
        state.clock_off_s, state.faults = clock_off_s, [fault.model_dump() for fault in status.faults]
        state.queued, state.queued_since = status.queue.waiting, status.queue.oldest_at
        state.queue_error = status.queue.last_error[:2000].replace("\0", "")
        state.refused, state.refused_for = status.queue.rejected, status.queue.rejected_for[:2000].replace("\0", "")
        state.save()
        trade_forms.follow(status)
        statuses.follow(status)
        WaproRules.objects.update_or_create(pk=1, defaults={"limits": status.limits, "writes": list(status.writes)})
        return reconciliation.start(asked_by=GAP) if gap_is_new and not is_first else None


def _clock_off_s(status: ConnectorStatus, asked_at: datetime | None) -> float:
    """How far the connector's clock is before ours, taken as read in the middle of its answer's way."""
    if status.at is None or asked_at is None:
        return 0.0
    return (status.at - (asked_at + (clock.now() - asked_at) / 2)).total_seconds()


def note_takeover() -> None:
    """Everything has been asked for, quietly: what is announced from now on is news."""
    with transaction.atomic():
        state = _locked()
        state.taken_over_at = timezone.now()
        state.save(update_fields=["taken_over_at"])


def _locked() -> ConnectorState:
    state, _new = ConnectorState.objects.select_for_update().get_or_create(pk=1)
    return state
