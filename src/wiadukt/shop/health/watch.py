"""Looks at who stands behind the roads: production, and WAPRO's base behind the connector."""

from __future__ import annotations

import httpx
from django.db import transaction
from django.utils import timezone

from wiadukt.shop.health.models import Neighbour
from wiadukt.shop.health.state import Part
from wiadukt.shop.sync.client import Connector, Production
from wiadukt.shop.sync.silence import Silence, why

TIMEOUT_S = 5
ADDRESS = "/healthz"


def look(connector: Connector, production: Production) -> None:
    """Notes who answers. Of WAPRO nothing is known while the connector itself is silent."""
    try:
        answer = connector.http.get(ADDRESS, timeout=TIMEOUT_S)
    except httpx.HTTPError:
        _note(Part.WAPRO, None)
    else:
        _note(Part.WAPRO, "" if answer.is_success else _said(answer))
    try:
        answer = production.http.get(ADDRESS, timeout=TIMEOUT_S)
    except httpx.HTTPError as error:
        _note(Part.PRODUCTION, f"{type(error).__name__}: {error}", why(error))
    else:
        _note(Part.PRODUCTION, "" if answer.is_success else _said(answer))


def _said(answer: httpx.Response) -> str:
    return f"{answer.status_code}: {answer.text[:500]}"


def _note(part: Part, fault: str | None, why: str = Silence.OTHER) -> None:
    """`fault`: what it said instead of being well, empty when it is; None when nothing can be known."""
    now = timezone.now()
    with transaction.atomic():
        row, _new = Neighbour.objects.select_for_update().get_or_create(part=part)
        if fault:
            row.failing_since, row.failing_why = row.failing_since or now, why
        else:
            row.failing_since, row.failing_why = None, ""
            row.seen_at = row.seen_at if fault is None else now
        row.last_error = (fault or "").replace("\0", "")
        row.save()
