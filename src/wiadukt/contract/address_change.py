"""What the shop puts to the ERP about where a buyer is and where goods go; the last change that WAPRO accepted wins.

Each message is about one field group: the company's address, its correspondence address, its phone, or one delivery
place. `base` is what the person saw when changing it: when the ERP holds something else by then, its office changed it
meanwhile, and the answer says what was replaced.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from wiadukt.contract.base import ContractModel, CustomerId, DeliveryPlaceId
from wiadukt.contract.customer import Address, PlaceCard

Key = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Revision = Annotated[int, Field(ge=1, lt=2**63)]
"""Grows with every change of one field group; an older one changes nothing."""


class CardPart(StrEnum):
    """Field groups of the contractor's card that the shop may change."""

    ADDRESS = "address"
    CORRESPONDENCE = "correspondence_address"
    PHONE = "phone"


class CardValue(ContractModel):
    """What a part of the card says. The phone's part uses `phone` alone, the two others `address` alone."""

    address: Address = Address()
    phone: str = ""


class AddressChange(ContractModel):
    """One part of a contractor's card as it shall be from now on."""

    customer_id: CustomerId
    part: CardPart
    revision: Revision
    value: CardValue
    base: CardValue | None = None
    changed_at: datetime
    changed_by: str = ""


class AddressReceipt(ContractModel):
    """`written` is false when the ERP held the value already, or a younger one of ours.

    `replaced`: what the office had put there meanwhile, and who it was by the card's own note.
    """

    customer_id: CustomerId
    part: CardPart
    written: bool
    replaced: CardValue | None = None
    replaced_by: str = ""


class DeliveryPlaceChange(ContractModel):
    """One delivery place as it shall be. `key` is the shop's own: a repeat makes no second place.

    `id` is empty for a place that was made in the shop; it comes back with the receipt.
    """

    key: Key
    customer_id: CustomerId
    id: DeliveryPlaceId | None = None
    revision: Revision
    value: PlaceCard
    base: PlaceCard | None = None
    changed_at: datetime
    changed_by: str = ""


class DeliveryPlaceReceipt(ContractModel):
    """As `AddressReceipt`; `id` is the ERP's of the place, `created` true when it was made now."""

    key: str
    id: DeliveryPlaceId
    created: bool
    written: bool
    replaced: PlaceCard | None = None
    replaced_by: str = ""
