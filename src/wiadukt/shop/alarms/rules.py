"""Which troubles are worth an alarm. What is a trouble is said by `health.diagnosis`; here only from which size on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from wiadukt.shop.health.diagnosis import Rule, Trouble


class Unit(Enum):
    """What a threshold counts. MINUTES: since when it lasts. WAITING: the age of what waits."""

    NONE = ""
    MINUTES = _("min")
    WAITING = _("min of waiting")
    PIECES = _("pieces")


@dataclass(frozen=True)
class Kind:
    """How a rule is offered. `always`: also in quiet hours."""

    name: Any
    unit: Unit
    threshold: int
    is_on: bool = True
    always: bool = False


KINDS: dict[Rule, Kind] = {
    Rule.NO_WORKER: Kind(_("No worker of the shop is alive"), Unit.MINUTES, 2, always=True),
    Rule.SILENT: Kind(_("No sign of life from WAPRO, the connector or production"), Unit.MINUTES, 5),
    Rule.MACHINES: Kind(_("A machine does not work with production"), Unit.MINUTES, 15),
    Rule.CLOCK: Kind(_("The clocks of the shop and the connector differ"), Unit.NONE, 0),
    Rule.FAULT: Kind(_("WAPRO's base lacks a table, a column or a right"), Unit.NONE, 0),
    Rule.CAPTURE: Kind(_("Changes in WAPRO are not announced"), Unit.NONE, 0),
    Rule.ORDERS: Kind(_("Orders without a document in WAPRO"), Unit.PIECES, 1),
    Rule.REJECTED: Kind(_("Rejected messages"), Unit.PIECES, 1),
    Rule.QUEUE: Kind(_("Changes wait in WAPRO's queue"), Unit.MINUTES, 10),
    Rule.REPORTS: Kind(_("WAPRO does not hear from production what was made"), Unit.NONE, 0),
    Rule.LATE: Kind(_("The oldest message waits too long"), Unit.WAITING, 10),
    Rule.BATCHES: Kind(_("Batches from WAPRO that can't be applied whole"), Unit.PIECES, 3),
    Rule.STATUS: Kind(_("Orders with a status of unknown meaning"), Unit.PIECES, 1),
    Rule.COMPARISON: Kind(_("The comparison with WAPRO is late"), Unit.NONE, 0),
    Rule.DRIFT: Kind(_("Differences found by the comparison"), Unit.PIECES, 1),
    Rule.PAUSED: Kind(_("A direction has been paused for long"), Unit.MINUTES, 120),
    Rule.TAKEOVER: Kind(_("The flag day is still to come"), Unit.NONE, 0, is_on=False),
}


def reaches(trouble: Trouble, threshold: int, began_at: datetime, now: datetime) -> bool:
    """Whether the trouble is as large or has lasted as long as was asked. `began_at`: when we saw it first."""
    unit = KINDS[trouble.rule].unit
    if unit is Unit.PIECES:
        return trouble.size >= threshold
    if unit is Unit.WAITING:
        return trouble.size >= threshold * 60
    if unit is Unit.MINUTES:
        return now - min(trouble.since or began_at, began_at) >= timedelta(minutes=threshold)
    return True
