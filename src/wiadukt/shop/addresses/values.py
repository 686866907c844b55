"""The shop's rows as the contract says them, and back."""

from __future__ import annotations

from typing import Any

from wiadukt.contract.address_change import CardPart, CardValue
from wiadukt.contract.customer import Address, PlaceCard
from wiadukt.shop.organisations.models import DeliveryPlace, Organisation

LINES = ("street", "postal_code", "city", "country")
_PREFIX = {CardPart.ADDRESS: "", CardPart.CORRESPONDENCE: "correspondence_"}


def fields_of(part: CardPart) -> tuple[str, ...]:
    """The organisation's fields that this part of the card is about."""
    return ("phone",) if part is CardPart.PHONE else tuple(f"{_PREFIX[part]}{line}" for line in LINES)


def card_value(organisation: Organisation, part: CardPart) -> CardValue:
    if part is CardPart.PHONE:
        return CardValue(phone=organisation.phone)
    return CardValue(address=_address(organisation, _PREFIX[part]))


def card_fields(part: CardPart, value: CardValue) -> dict[str, str]:
    if part is CardPart.PHONE:
        return {"phone": value.phone}
    return {f"{_PREFIX[part]}{line}": text for line, text in value.address.model_dump().items()}


def place_value(place: DeliveryPlace) -> PlaceCard:
    return PlaceCard(
        name=place.name, recipient=place.recipient, address=_address(place, ""), phone=place.phone, note=place.note
    )


def place_fields(value: PlaceCard) -> dict[str, str]:
    flat = {"name": value.name, "recipient": value.recipient, "phone": value.phone, "note": value.note}
    return flat | value.address.model_dump()


def _address(row: Any, prefix: str) -> Address:
    lines = {line: getattr(row, f"{prefix}{line}") for line in LINES}
    return Address(**lines | {"country": lines["country"] or "PL"})


def in_words(value: Any) -> str:
    """A value of the contract, as JSON, in one line for a person; a country alone is no address."""
    if isinstance(value, dict):
        said = {name: text for name, part in value.items() if (text := in_words(part))}
        return ", ".join(said.values()) if said.keys() - {"country"} else ""
    return str(value or "")
