"""What the shop has said about addresses and WAPRO has not taken yet, or has just taken.

The messages themselves say it: a field group whose change waits, or was taken after a snapshot was read, is not to be
overwritten by that snapshot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from wiadukt.contract.address_change import CardPart
from wiadukt.shop.organisations.models import DeliveryPlace, Organisation
from wiadukt.shop.outbox.models import MessageState, OutboundMessage

ADDRESS_CHANGED = "address_changed"
PLACE_CHANGED = "place_changed"
KINDS = (ADDRESS_CHANGED, PLACE_CHANGED)
AT_ONCE = timedelta(minutes=15)
"""When the office's value comes so soon after ours was taken, the two were made at once: a person should look."""


def card_key(organisation: Organisation, part: CardPart) -> str:
    return f"{organisation.erp_id} {part}"


def place_key(place: DeliveryPlace) -> str:
    return str(place.key)


def keys_of(organisations: Iterable[Organisation]) -> list[str]:
    """Keys of everything that may be said about these companies' addresses."""
    found = list(organisations)
    cards = [card_key(one, part) for one in found for part in CardPart]
    places = DeliveryPlace.objects.filter(organisation__in=found).values_list("key", flat=True)
    return cards + [str(key) for key in places]


def shielded(keys: Iterable[str], read_at: datetime) -> set[str]:
    """Those of these keys whose shop's value is younger than what WAPRO said at `read_at` (by the shop's clock)."""
    told = OutboundMessage.objects.filter(kind__in=KINDS, key__in=list(keys))
    younger = Q(state=MessageState.WAITING) | Q(state=MessageState.DELIVERED, delivered_at__gte=read_at)
    return set(told.filter(younger).values_list("key", flat=True))


def just_taken(keys: Iterable[str]) -> dict[str, OutboundMessage]:
    """By key the last message that WAPRO took within the time that counts as 'at once'."""
    since = timezone.now() - AT_ONCE
    told = OutboundMessage.objects.filter(kind__in=KINDS, key__in=list(keys), delivered_at__gte=since)
    return {one.key: one for one in told.filter(state=MessageState.DELIVERED).order_by("id")}


def open_messages(keys: Iterable[str]) -> dict[str, OutboundMessage]:
    """By key what is waiting or was refused: for a person who looks at the address."""
    told = OutboundMessage.objects.filter(kind__in=KINDS, key__in=list(keys))
    unsaid = told.filter(state__in=(MessageState.WAITING, MessageState.REJECTED))
    return {one.key: one for one in unsaid.order_by("id")}


def unsettled_facts(organisations: Iterable[Organisation]) -> dict[str, tuple[str, ...]]:
    """By WAPRO's id of the company: how the names of those facts begin that a waiting change will make equal again."""
    found = list(organisations)
    waiting = shielded(keys_of(found), timezone.now())
    beginnings: dict[str, list[str]] = defaultdict(list)
    for one in found:
        beginnings[one.erp_id] += [part.value for part in CardPart if card_key(one, part) in waiting]
    places = DeliveryPlace.objects.filter(key__in=[key for key in waiting if " " not in key], erp_id__isnull=False)
    for place in places.select_related("organisation"):
        beginnings[place.organisation.erp_id].append(f"place {place.erp_id}: ")
    return {erp_id: tuple(names) for erp_id, names in beginnings.items() if names}
