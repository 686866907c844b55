"""WAPRO's letters of order statuses as the connector tells them, and those of which nobody said what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, QuerySet

from wiadukt.contract.order_status import StatusMeaning
from wiadukt.contract.states import OrderState
from wiadukt.contract.status import ConnectorStatus
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.sync.client import Connector
from wiadukt.shop.sync.models import ErpStatus

FIELDS = ("label", "state", "is_fixed")
OVER = (OrderState.FINISHED, OrderState.CANCELLED)


@dataclass(frozen=True)
class Unknown:
    """A letter without a meaning, with how many orders stand in it that are not over: each is shown as confirmed."""

    letter: str
    label: str
    orders: int


def follow(status: ConnectorStatus) -> None:
    """Keeps the dictionary as the connector tells it now; writes only what differs."""
    told = {one.letter: (one.label[:60], one.state or "", one.is_fixed) for one in status.order_statuses}
    held = {row[0]: row[1:] for row in ErpStatus.objects.values_list("letter", *FIELDS)}
    ErpStatus.objects.filter(letter__in=held.keys() - told.keys()).delete()
    for letter, now in told.items():
        if held.get(letter) != now:
            ErpStatus.objects.update_or_create(letter=letter, defaults=dict(zip(FIELDS, now, strict=True)))


def standing_in(letters: list[str]) -> dict[str, int]:
    """How many orders that are not over have each of these letters."""
    found: QuerySet[Order] = Order.objects.filter(status_code__in=letters, is_gone=False)
    return dict(found.exclude(erp_state__in=OVER).order_by().values_list("status_code").annotate(n=Count("pk")))


def unknown() -> list[Unknown]:
    """Letters in which orders stand and of which nobody said what they mean. Without such letters no order is read."""
    letters = dict(ErpStatus.objects.filter(state="").values_list("letter", "label"))
    if not letters:
        return []
    return [Unknown(letter, letters[letter], n) for letter, n in sorted(standing_in(list(letters)).items())]


@transaction.atomic
def say(connector: Connector, letter: str, state: str) -> int:
    """Tells the connector what the letter means (empty: nothing any more); returns how many orders it announces, which
    come again by themselves. Raises what the connector's calls raise."""
    meaning = OrderState(state) if state else None
    count = connector.put_meaning(StatusMeaning(letter=letter, state=meaning))
    ErpStatus.objects.filter(letter=letter).update(state=state)
    return count
