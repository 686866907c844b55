"""Looks at the connector every few seconds: does it answer, is capture on, has a time without capture ended."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from wiadukt.contract.errors import Misconfigured, Refused, Unreachable
from wiadukt.contract.status import ConnectorStatus
from wiadukt.shop.addresses.models import WaproRules
from wiadukt.shop.ordering import trade_forms
from wiadukt.shop.sync.client import Connector
from wiadukt.shop.sync.models import ConnectorState, Reconciliation
from wiadukt.shop.sync.reconcile import run as reconciliation

GAP = "capture"
"""Who asked for a comparison that no person asked for."""


def look(connector: Connector) -> Reconciliation | None:
    """Notes what the connector says of itself; returns the comparison that a newly ended gap calls for.

    What is seen first is the beginning, not a gap: the flag day brings everything anyhow.
    """
    try:
        status = connector.status()
    except (Unreachable, Misconfigured, Refused) as error:
        with transaction.atomic():
            state = _locked()
            state.failing_since, state.last_error = state.failing_since or timezone.now(), str(error)[:2000]
            state.save(update_fields=["failing_since", "last_error"])
        return None
    return note(status)


def note(status: ConnectorStatus) -> Reconciliation | None:
    """Keeps what the connector said; returns the comparison that a newly ended gap calls for."""
    with transaction.atomic():
        state = _locked()
        is_first = state.seen_at is None
        gap_is_new = status.gap_ended_at is not None and status.gap_ended_at != state.gap_ended_at
        state.version, state.capture, state.capture_missing = status.version, status.capture, status.capture_missing
        state.seen_at, state.gap_ended_at = timezone.now(), status.gap_ended_at
        state.failing_since, state.last_error = None, ""
        state.save()
        trade_forms.follow(status)
        WaproRules.objects.update_or_create(pk=1, defaults={"limits": status.limits, "writes": list(status.writes)})
        return reconciliation.start(asked_by=GAP) if gap_is_new and not is_first else None


def note_takeover() -> None:
    """Everything has been asked for, quietly: what is announced from now on is news."""
    with transaction.atomic():
        state = _locked()
        state.taken_over_at = timezone.now()
        state.save(update_fields=["taken_over_at"])


def _locked() -> ConnectorState:
    state, _new = ConnectorState.objects.select_for_update().get_or_create(pk=1)
    return state
