"""Delivery places of a contractor -> those of the organisation."""

from __future__ import annotations

from typing import Any

from wiadukt.contract.customer import Customer, PlaceCard
from wiadukt.contract.customer import DeliveryPlace as ErpPlace
from wiadukt.shop.addresses.values import place_fields, place_value
from wiadukt.shop.addresses.waiting import place_key
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change
from wiadukt.shop.organisations.models import DeliveryPlace, Organisation
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync.apply.batch import Batch
from wiadukt.shop.sync.apply.both_sides import BothSides

KIND = "organisation"


def follow_places(organisation: Organisation, customer: Customer, batch: Batch, both: BothSides) -> None:
    """Places by WAPRO's id; one that was made in the shop comes back under its key, maybe before its own receipt.

    One that the buyer retired stays so, whatever WAPRO says of it. One that is gone in WAPRO is gone here.
    """
    rows = list(organisation.delivery_places.order_by("pk").select_for_update())
    known = {row.erp_id: row for row in rows if row.erp_id is not None}
    unbound = {place_key(row): row for row in rows if row.erp_id is None}
    is_any_new = any(place.id not in known for place in customer.delivery_places)
    changes = []
    for place in customer.delivery_places:
        row = known.pop(place.id, None) or unbound.pop(place.key, None) or DeliveryPlace(organisation=organisation)
        changes += _follow(organisation, row, place, batch.about(customer.id), both)
    for row in known.values():
        if row.is_active:
            row.is_active = False
            row.save(update_fields=["is_active"])
            changes.append(
                record.change(KIND, organisation, "delivery_place", row.name, "", **batch.about(customer.id))
            )
    record.save(changes)
    if is_any_new:
        inbox.ask_orphans_of(customer.id)


def _follow(
    organisation: Organisation, row: DeliveryPlace, place: ErpPlace, about: dict[str, str], both: BothSides
) -> list[Change]:
    is_new, key = row.pk is None, place_key(row)
    bound: dict[str, Any] = {"erp_id": place.id, "is_active": True}
    is_bound = (row.erp_id, row.is_active) == (place.id, True)
    for field, value in bound.items():
        setattr(row, field, value)
    found = []
    if key not in both.shielded:
        value = PlaceCard.model_validate(place.model_dump(exclude={"id", "key"}))
        if not is_new:
            both.note_if_at_once(organisation, key, place_value(row), value, place=row)
        found = record.assign(KIND, row, place_fields(value))
    if found or not is_bound:
        row.save()
    if is_new:
        return [record.change(KIND, organisation, "delivery_place", "", row.name, **about)]
    return [record.change(KIND, organisation, f"place.{one.field}", one.old, one.new, **about) for one in found]
