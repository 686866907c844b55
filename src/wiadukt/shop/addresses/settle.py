"""WAPRO took a change of an address: what it answered is noted, in the transaction that marks the message delivered."""

from __future__ import annotations

from typing import Any

from wiadukt.contract.address_change import AddressReceipt, DeliveryPlaceReceipt
from wiadukt.contract.base import ContractModel
from wiadukt.shop.addresses.models import Conflict, Winner
from wiadukt.shop.addresses.values import in_words
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Origin
from wiadukt.shop.organisations.models import DeliveryPlace, Organisation
from wiadukt.shop.outbox.models import OutboundMessage


def note_address(receipt: AddressReceipt, message: OutboundMessage) -> None:
    organisation = Organisation.objects.get(erp_id=receipt.customer_id)
    if receipt.replaced is not None:
        note_conflict(organisation, receipt.part, message, receipt.replaced, Winner.SHOP, by=receipt.replaced_by)


def note_place(receipt: DeliveryPlaceReceipt, message: OutboundMessage) -> None:
    """The id that WAPRO gave, unless the place came back from there first."""
    place = DeliveryPlace.objects.select_for_update().select_related(None).get(key=receipt.key)
    if place.erp_id != receipt.id:
        place.erp_id, place.is_active = receipt.id, True
        place.save(update_fields=["erp_id", "is_active"])
    if receipt.replaced is not None:
        note_conflict(
            place.organisation, "place", message, receipt.replaced, Winner.SHOP, place=place, by=receipt.replaced_by
        )


def note_conflict(
    organisation: Organisation,
    part: str,
    message: OutboundMessage,
    wapro: ContractModel,
    winner: Winner,
    *,
    place: DeliveryPlace | None = None,
    by: str = "",
) -> Conflict:
    """Keeps both values and whose stands; the loser also stands in the company's history."""
    told: dict[str, Any] = message.payload
    conflict = Conflict.objects.create(
        organisation=organisation,
        place=place,
        part=part,
        winner=winner,
        shop_value=told["value"],
        shop_author=told.get("changed_by", ""),
        shop_at=told.get("changed_at"),
        wapro_value=wapro.model_dump(mode="json"),
        wapro_author=by,
    )
    loser, stands = conflict.wapro_value, conflict.shop_value
    if winner == Winner.WAPRO:
        loser, stands = stands, loser
    about = {"origin": Origin.SYSTEM, "message_id": f"outbox-{message.pk}"}
    record.save([record.change("organisation", organisation, "conflict", in_words(loser), in_words(stands), **about)])
    return conflict
