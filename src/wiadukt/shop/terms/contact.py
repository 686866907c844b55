"""The seller's person whom a buyer may call: the salesman of WAPRO, or whom the shop's staff put in his place."""

from __future__ import annotations

from dataclasses import dataclass

from wiadukt.shop.organisations.models import Organisation


@dataclass(frozen=True)
class SellersContact:
    name: str
    phone: str
    email: str


def contact_of(organisation: Organisation) -> SellersContact | None:
    """A contact named by staff stands alone; without a name, what staff wrote completes the salesman's card."""
    if organisation.contact_name:
        return SellersContact(organisation.contact_name, organisation.contact_phone, organisation.contact_email)
    if not organisation.salesman_name:
        return None
    return SellersContact(
        organisation.salesman_name,
        organisation.contact_phone or organisation.salesman_phone,
        organisation.contact_email or organisation.salesman_email,
    )
