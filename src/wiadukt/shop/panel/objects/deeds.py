"""The buttons of an object's page; each leaves a trace with its author and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wiadukt.contract.base import Kind
from wiadukt.shop.outbox import mend
from wiadukt.shop.outbox.models import MessageState
from wiadukt.shop.panel.models import PanelAction, PanelDeed
from wiadukt.shop.panel.objects.sides import Sides, sides_of
from wiadukt.shop.panel.objects.subject import Subject
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync.client import Connector
from wiadukt.shop.sync.jobs import wake_inbox
from wiadukt.shop.sync.models import InboxObject, InboxState

ASKED_BY_HAND = "by-hand"


@transaction.atomic
def fetch_now(subject: Subject, author: str) -> str:
    """WAPRO's current state comes through the inbox, like any other: the one way in."""
    row = inbox_row(subject)
    event = row.last_event_id if row is not None and row.last_event_id else ASKED_BY_HAND
    inbox.ask({(subject.kind, subject.erp_id): event})
    ticket = InboxObject.objects.values_list("asked", flat=True).get(kind=subject.kind, object_id=subject.erp_id)
    _note(subject, author, PanelAction.FETCHED, ticket=ticket)
    wake_inbox()
    return _("It is fetched now.")


def send_now(subject: Subject, author: str) -> str:
    """Whatever the shop still has to say about it goes now, oldest first, under its own number."""
    unsaid = subject.messages().filter(state__in=(MessageState.WAITING, MessageState.REJECTED))
    with transaction.atomic():
        count = mend.retry_all(unsaid, author)
        text = ngettext("%(n)d message goes again.", "%(n)d messages go again.", count) % {"n": count}
        said = text if count else _("Nothing waits to be sent.")
        _note(subject, author, PanelAction.SENT, outcome=said)
    return said


def compare_now(subject: Subject, author: str, connector: Connector) -> Sides:
    """Looks at both sides and notes the verdict; changes nothing."""
    sides = sides_of(subject, connector)
    _note(subject, author, PanelAction.COMPARED, outcome=sides.verdict)
    return sides


def may_be_sent(subject: Subject) -> bool:
    """Goods and invoices are WAPRO's: the shop never says anything about them."""
    return subject.row is not None and subject.kind in (Kind.CUSTOMER, Kind.ORDER)


def inbox_row(subject: Subject) -> InboxObject | None:
    return InboxObject.objects.filter(kind=subject.kind, object_id=subject.erp_id).first() if subject.erp_id else None


@dataclass(frozen=True)
class Told:
    """A deed with its outcome as it is known now."""

    deed: PanelDeed
    outcome: str


def deeds_of(subject: Subject, most: int = 10) -> list[Told]:
    rows = PanelDeed.objects.filter(kind=subject.kind, object_id=subject.key)[:most]
    return list(_told(rows, inbox_row(subject)))


def _told(deeds: Iterable[PanelDeed], row: InboxObject | None) -> Iterable[Told]:
    for deed in deeds:
        yield Told(deed, _outcome_of_fetch(deed, row) if deed.ticket is not None else deed.outcome)


def _outcome_of_fetch(deed: PanelDeed, row: InboxObject | None) -> str:
    if row is None or deed.ticket is None:
        return ""
    if row.applied >= deed.ticket:
        return _("came and was applied")
    if row.state == InboxState.REJECTED:
        return _("refused: %(why)s") % {"why": row.last_error}
    return _("waits: %(why)s") % {"why": row.last_error} if row.last_error else _("on its way")


def _note(subject: Subject, author: str, action: PanelAction, *, outcome: str = "", ticket: int | None = None) -> None:
    PanelDeed.objects.create(
        author=author, action=action, kind=subject.kind, object_id=subject.key, outcome=outcome, ticket=ticket
    )
