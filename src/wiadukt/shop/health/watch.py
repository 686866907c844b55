"""Looks at who stands behind the roads: production with its machines and its own way to WAPRO, and WAPRO's base behind
the connector."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import httpx
from django.db import transaction
from django.utils import timezone

from wiadukt.contract.checkup import CheckReport, ErpCheck, FloorCheck
from wiadukt.contract.errors import WiaduktError
from wiadukt.shop.health.models import Neighbour, Told
from wiadukt.shop.health.state import Part
from wiadukt.shop.sync.client import Connector, Production
from wiadukt.shop.sync.silence import Silence
from wiadukt.shop.sync.silence import why as _why

TIMEOUT_S = 5
ADDRESS = "/healthz"
SELDOM = timedelta(minutes=10)
KEPT = (ErpCheck.VERSION, ErpCheck.INTEGRATORS)
"""What the overview shows of WAPRO and what seldom changes."""
WAYS = (FloorCheck.CONNECTOR, FloorCheck.REPORTS)
"""Whether what production has to tell WAPRO can arrive there, and does."""


def of_floor(name: str) -> str:
    """How a check of production's is kept: the connector has checks of the same names."""
    return f"floor {name}"


def look(connector: Connector, production: Production) -> None:
    """Notes who answers. Of WAPRO nothing is known while the connector itself is silent."""
    try:
        answer = connector.http.get(ADDRESS, timeout=TIMEOUT_S)
    except httpx.HTTPError:
        _note(Part.WAPRO, None)
    else:
        _note(Part.WAPRO, "" if answer.is_success else _said(answer))
        if answer.is_success:
            _keep_told(connector)
    try:
        answer = production.http.get(ADDRESS, timeout=TIMEOUT_S)
    except httpx.HTTPError as error:
        _note(Part.PRODUCTION, f"{type(error).__name__}: {error}", _why(error))
        _forget_floor()
    else:
        if answer.is_success:
            _look_at_floor(production)
        else:
            _note(Part.PRODUCTION, _said(answer))
            _forget_floor()


def _look_at_floor(production: Production) -> None:
    """Production knows how its machines are and whether WAPRO hears of its work; another MES behind the same interface
    may not say it. That it answers does not mean yet that it takes our key."""
    try:
        machines = production.check(FloorCheck.MACHINES)
        ways = [production.check(name) for name in WAYS]
    except WiaduktError as error:
        reason = _why(error)
        _note(Part.PRODUCTION, str(error) if reason is Silence.KEY else "", reason)
        _forget_floor()
        return
    _note(Part.PRODUCTION, "")
    _note(Part.MACHINES, "; ".join(f"{one.what.rstrip('.')}. {one.remedy}" for one in machines.findings if not one.ok))
    for report in ways:
        _tell(report, of_floor(report.name))


def _forget_floor() -> None:
    """Of what stands behind production nothing is known."""
    _note(Part.MACHINES, None)
    Told.objects.filter(check_name__in=map(of_floor, WAYS)).delete()


def _keep_told(connector: Connector) -> None:
    """Asks anew what is older than SELDOM."""
    fresh = set(Told.objects.filter(at__gt=timezone.now() - SELDOM).values_list("check_name", flat=True))
    for name in KEPT:
        if name in fresh:
            continue
        try:
            report = connector.check(name)
        except WiaduktError:
            return
        _tell(report, name)


def _tell(report: CheckReport, name: str) -> None:
    findings = [asdict(one) for one in report.findings]
    Told.objects.update_or_create(check_name=name, defaults={"findings": findings, "at": timezone.now()})


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
