"""Why an object differs: a guess from the inbox, from WAPRO's queue and from the object's history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wiadukt.contract.base import Kind
from wiadukt.contract.fetch import QueueEntry
from wiadukt.contract.states import QueueState
from wiadukt.shop.sync.models import Cause, InboxObject, InboxState


@dataclass(frozen=True)
class Traces:
    """What the road remembers of some objects of one kind. `since`: when their comparison began, by our clock."""

    inbox: Mapping[str, InboxObject]
    queue: Mapping[str, QueueEntry]
    since: datetime

    def on_its_way(self, object_id: str) -> bool:
        """A change is being carried right now, or arrived while we compared, so a difference is no drift yet."""
        row, entry = self.inbox.get(object_id), self.queue.get(object_id)
        if entry is not None and entry.state is QueueState.ACCEPTED and entry.attempts == 0:
            return True
        if row is None:
            return False
        # One side may have been read before the change and the other after it, and by now it has been applied.
        return row.changed_at >= self.since or (row.state == InboxState.WAITING and row.attempts == 0)

    def waits_for_buyer(self, object_id: str) -> bool:
        row = self.inbox.get(object_id)
        return row is not None and bool(row.waits_for_customer)

    def cause(self, object_id: str, held: str, unreadable: str = "") -> tuple[Cause, str]:
        """The guess, and the words of whoever refused. `held`: the digest of what the shop has, empty for nothing."""
        row, entry = self.inbox.get(object_id), self.queue.get(object_id)
        if unreadable:
            return Cause.REFUSED_BY_SHOP, unreadable
        if entry is not None and entry.state is QueueState.ACCEPTED:
            return Cause.NOT_SENT, entry.last_error
        if entry is not None and entry.state is QueueState.REJECTED:
            return Cause.REFUSED_EVENT, entry.last_error
        if row is not None and row.last_error:
            return Cause.REFUSED_BY_SHOP, row.last_error
        if entry is not None and (row is None or row.changed_at < entry.accepted_at):
            return Cause.EVENT_LOST, ""
        if row is not None and row.applied_digest and row.applied_digest != held:
            return Cause.CHANGED_BY_HAND, ""
        return Cause.NOT_CAPTURED, ""


def traces_of(kind: Kind, ids: Sequence[str], queue: Mapping[str, QueueEntry], since: datetime) -> Traces:
    rows = InboxObject.objects.filter(kind=kind, object_id__in=ids)
    return Traces(inbox={row.object_id: row for row in rows}, queue=queue, since=since)
