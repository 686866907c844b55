"""An object as the shop has it and as WAPRO has it now, field by field."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from wiadukt.contract.base import Kind
from wiadukt.contract.errors import Busy, Misconfigured, Refused, Unreachable, WiaduktError
from wiadukt.contract.facts import Facts, differing, facts_of, flag
from wiadukt.contract.fetch import QueueEntry
from wiadukt.shop.addresses.waiting import unsettled_facts
from wiadukt.shop.panel.objects.labels import is_personal, label_of, value_of
from wiadukt.shop.panel.objects.subject import Subject
from wiadukt.shop.sync.client import Connector
from wiadukt.shop.sync.reconcile.facts import facts_of_rows

MOST = 300


class Mark(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    WAITING = "waiting"
    """The shop's value waits to be sent: until WAPRO takes it they differ, and that is as it should be."""


@dataclass(frozen=True)
class Row:
    """One field; a side that has no such field is empty."""

    fact: str
    label: str
    shop: str
    wapro: str
    mark: Mark

    @property
    def is_same(self) -> bool:
        return self.mark is Mark.SAME


@dataclass(frozen=True)
class Sides:
    """`rows`: what differs first. `trouble` and `remedy`: why WAPRO's side is not there."""

    rows: list[Row] = field(default_factory=list)
    in_shop: bool = False
    in_wapro: bool = False
    read_at: datetime | None = None
    queued: QueueEntry | None = None
    unreadable: str = ""
    trouble: str = ""
    remedy: str = ""

    @property
    def differing(self) -> list[Row]:
        return [row for row in self.rows if row.mark is Mark.DIFFERENT]

    @property
    def verdict(self) -> str:
        """The outcome in a sentence."""
        if self.trouble:
            return self.trouble
        if self.unreadable:
            return _("WAPRO's object can't be read: %(why)s") % {"why": self.unreadable}
        if not self.in_wapro:
            return _("WAPRO does not have it.") if self.in_shop else _("Neither side has it.")
        if not self.in_shop:
            return _("Only WAPRO has it.")
        if not self.differing:
            return _("Both sides are equal.")
        return _("Different: %(fields)s") % {"fields": ", ".join(row.label for row in self.differing)}


def sides_of(subject: Subject, connector: Connector) -> Sides:
    """Reads WAPRO now. Never raises for a connector that does not answer: that is part of what the person sees."""
    ours = _ours(subject)
    if not subject.erp_id:
        return Sides(rows=_rows(subject, ours, {}), in_shop=True)
    try:
        fetched = connector.fetch(subject.kind, [subject.erp_id])
        queued = connector.queued(subject.kind, [subject.erp_id]).get(subject.erp_id)
    except WiaduktError as error:
        trouble, remedy = in_words(error)
        return Sides(rows=_rows(subject, ours, ours), in_shop=bool(ours), trouble=trouble, remedy=remedy)
    found = {obj.id: obj for obj in fetched.objects}.get(subject.erp_id)
    theirs = facts_of(subject.kind, found) if found is not None else {}
    if found is not None and subject.kind in (Kind.CUSTOMER, Kind.PRODUCT):
        theirs = {"in_shop": flag(found.in_shop)} | theirs
    return Sides(
        rows=_rows(subject, ours, theirs),
        in_shop=bool(ours),
        in_wapro=found is not None,
        read_at=fetched.read_at,
        queued=queued,
        unreadable=fetched.broken.get(subject.erp_id, ""),
    )


def in_words(error: WiaduktError) -> tuple[str, str]:
    """What is wrong with the way to WAPRO and what to do, for a person who is no programmer."""
    if isinstance(error, Busy):
        return _("Somebody has this card open in WAPRO just now."), _("Try again in a minute.")
    if isinstance(error, Misconfigured):
        return _("The connector refuses the shop: %(why)s") % {"why": error.cause}, error.remedy
    if isinstance(error, Refused):
        return error.cause, error.remedy
    cause = error.cause if isinstance(error, Unreachable) else str(error)
    remedy = _("See that the connector and WAPRO's server are running, then try again. Nothing is lost meanwhile.")
    return _("The connector beside WAPRO does not answer: %(why)s") % {"why": cause}, remedy


def _ours(subject: Subject) -> Facts:
    if subject.row is None:
        return {}
    facts = next(iter(facts_of_rows(subject.kind, [subject.row]).values()))
    flags = {"in_shop": flag(subject.row.in_shop)} if subject.kind in (Kind.CUSTOMER, Kind.PRODUCT) else {}
    return flags | facts


def _rows(subject: Subject, ours: Facts, theirs: Facts) -> list[Row]:
    """What differs first, then the rest; at most 300."""
    unlike = set(differing(ours, theirs))
    waiting: tuple[str, ...] = ()
    if subject.kind is Kind.CUSTOMER and subject.row is not None:
        waiting = unsettled_facts([subject.row]).get(subject.erp_id, ())
    rows = []
    for fact in {**ours, **theirs}:
        mark = Mark.SAME
        if fact in unlike:
            mark = Mark.WAITING if waiting and fact.startswith(waiting) else Mark.DIFFERENT
        hidden = subject.is_masked and is_personal(subject.kind, fact)
        values = ("•••" if hidden and side.get(fact) else value_of(fact, side.get(fact)) for side in (ours, theirs))
        rows.append(Row(fact, label_of(fact), *values, mark))
    return sorted(rows, key=lambda row: row.is_same)[:MOST]
