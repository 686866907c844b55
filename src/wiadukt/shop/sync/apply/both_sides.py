"""Addresses may be changed on both sides: what of a snapshot is older than the shop's own change, and what was changed
at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wiadukt.contract.address_change import CardPart, CardValue
from wiadukt.contract.base import ContractModel
from wiadukt.shop.addresses.models import Winner
from wiadukt.shop.addresses.settle import note_conflict
from wiadukt.shop.addresses.values import card_fields, card_value, fields_of
from wiadukt.shop.addresses.waiting import card_key, just_taken, keys_of, shielded
from wiadukt.shop.organisations.models import DeliveryPlace, Organisation
from wiadukt.shop.outbox.models import OutboundMessage


class BothSides:
    """These companies' messages about their addresses, beside snapshots that were read at `read_at`."""

    def __init__(self, organisations: Iterable[Organisation], read_at: datetime) -> None:
        keys = keys_of(organisations)
        self.shielded = shielded(keys, read_at)
        self.just_taken = {key: one for key, one in just_taken(keys).items() if key not in self.shielded}

    def sort_out(self, organisation: Organisation, part: CardPart, values: dict[str, Any]) -> None:
        """Takes out of the snapshot's `values` what is older than the shop's own; notes what was changed at once."""
        key = card_key(organisation, part)
        if key in self.shielded:
            for field in fields_of(part):
                values.pop(field)
            return
        old = card_value(organisation, part)
        new = _card_value_of(part, values)
        self.note_if_at_once(organisation, key, old, new, part=part.value)

    def note_if_at_once(
        self,
        organisation: Organisation,
        key: str,
        old: ContractModel,
        new: ContractModel,
        *,
        part: str = "place",
        place: DeliveryPlace | None = None,
    ) -> None:
        """The office's value came right after ours was taken, and over it."""
        message: OutboundMessage | None = self.just_taken.get(key)
        if message is None or old == new or type(new).model_validate(message.payload["value"]) != old:
            return
        note_conflict(organisation, part, message, new, Winner.WAPRO, place=place)


def _card_value_of(part: CardPart, values: dict[str, Any]) -> CardValue:
    """The part's value from the organisation's fields."""
    if part is CardPart.PHONE:
        return CardValue(phone=values["phone"])
    lines = card_fields(part, CardValue())
    return CardValue.model_validate({"address": dict(zip(_LINES, (values[field] for field in lines), strict=True))})


_LINES = ("street", "postal_code", "city", "country")
