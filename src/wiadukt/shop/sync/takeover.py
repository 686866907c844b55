"""The flag day: everything the shop should have is asked for quietly."""

from __future__ import annotations

from django.db import transaction

from wiadukt.shop.sync import inbox, watch
from wiadukt.shop.sync.client import Connector
from wiadukt.shop.sync.jobs import wake_inbox
from wiadukt.shop.sync.models import InboxObject, InboxState


def ask_for_everything(connector: Connector) -> dict[str, int]:
    """Asks for all ids the connector lists, kind by kind; returns how many of each. Repeatable.

    Until it has ended once, whatever WAPRO announces by itself comes quietly, too. A gap of capture that ended before
    is of no account; one that ends from now on is compared. Raises Unreachable, Misconfigured, Refused.
    """
    watch.note(connector.status())
    asked: dict[str, int] = {}
    for kind in inbox.TURN:
        for ids in connector.ids(kind):
            asked[kind] = asked.get(kind, 0) + len(ids)
            with transaction.atomic():
                inbox.ask({(kind, object_id): "" for object_id in ids}, quiet=True)
                wake_inbox()
    watch.note_takeover()
    return asked


def waiting() -> int:
    return InboxObject.objects.filter(state=InboxState.WAITING).count()
