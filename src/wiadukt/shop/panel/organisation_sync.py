"""Where one buyer stands between the two systems: what WAPRO announced last, what waits or was refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.fields.json import KT

from wiadukt.contract.base import Kind
from wiadukt.shop.accounts.models import User
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.outbox.models import MessageState, OutboundMessage
from wiadukt.shop.sellers import access
from wiadukt.shop.sync.models import Drift, InboxEvent, InboxObject, InboxState


@dataclass(frozen=True)
class SyncState:
    """`row`: the buyer's card in the inbox, None when WAPRO never announced it. `word`: ok, late or error."""

    row: InboxObject | None
    last_event_at: datetime | None
    waiting: int
    rejected: int
    last_drift: Drift | None
    unsaid: QuerySet[OutboundMessage]

    @property
    def word(self) -> str:
        if self.rejected or (self.row and self.row.state == InboxState.REJECTED):
            return "error"
        return "late" if self.waiting or (self.row and self.row.state == InboxState.WAITING) else "ok"


def state_of(user: User, organisation: Organisation) -> SyncState:
    """As far as this person may see: the card itself, and messages about it and about the orders that he sees."""
    card = {"kind": Kind.CUSTOMER, "object_id": organisation.erp_id}
    numbers = access.orders_of(user).filter(organisation=organisation).order_by().values("number")
    said = access.messages_of(user).annotate(customer=KT("payload__customer_id"))
    said = said.filter(Q(key__in=numbers) | Q(customer=organisation.erp_id))
    unsaid = said.filter(state__in=(MessageState.WAITING, MessageState.REJECTED))
    rejected = Q(state=MessageState.REJECTED)
    counts = unsaid.order_by().aggregate(rejected=Count("pk", filter=rejected), waiting=Count("pk", filter=~rejected))
    event = InboxEvent.objects.filter(**card).order_by("-received_at").first()
    return SyncState(
        row=access.announced_of(user).filter(**card).first(),
        last_event_at=event.received_at if event else None,
        last_drift=access.announced_of(user, "Drift").filter(**card).order_by("-at").first(),
        unsaid=unsaid.order_by("id")[:10],
        **counts,
    )
