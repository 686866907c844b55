"""What a person does about two changes made at once: lets the winner stand, or takes the other one."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from wiadukt.contract.address_change import CardPart, CardValue
from wiadukt.contract.customer import PlaceCard
from wiadukt.shop.addresses.change import By, change_card, change_place
from wiadukt.shop.addresses.models import Conflict, Winner


@transaction.atomic
def settle(conflict_id: int, by: By, *, swap: bool) -> Conflict:
    """Notes that somebody looked; with `swap` the loser's value is said to WAPRO as a change of its own. Once."""
    conflict = (
        Conflict.objects.select_for_update(of=("self",)).select_related("organisation", "place").get(pk=conflict_id)
    )
    if conflict.settled_at is not None:
        return conflict
    conflict.settled_at, conflict.settled_by, conflict.swapped = timezone.now(), by.email, swap
    conflict.save(update_fields=["settled_at", "settled_by", "swapped"])
    if swap:
        other = conflict.wapro_value if conflict.winner == Winner.SHOP else conflict.shop_value
        if conflict.place is not None:
            change_place(conflict.place, PlaceCard.model_validate(other), None, by)
        else:
            change_card(conflict.organisation, CardPart(conflict.part), CardValue.model_validate(other), by)
    return conflict
