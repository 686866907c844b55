"""A buyer as the ERP knows it: one contractor, its people, its delivery places, its terms of trade."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from wiadukt.contract.base import ContactId, ContractModel, CustomerId, DeliveryPlaceId, Money, ProductId


class Address(ContractModel):
    """A postal address. Both sides may edit it."""

    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "PL"


class Contact(ContractModel):
    """A person of the buyer. `emails` may be empty: such a person gets no login."""

    id: ContactId
    first_name: str = ""
    last_name: str = ""
    position: str = ""
    emails: tuple[str, ...] = ()
    phone: str = ""
    is_default: bool = False


class PlaceCard(ContractModel):
    """What both sides may edit about a delivery place."""

    name: str
    recipient: str = ""
    address: Address = Address()
    phone: str = ""
    note: str = ""


class DeliveryPlace(PlaceCard):
    """Where goods may be delivered. `key` is the shop's own of a place that was made there, else empty."""

    id: DeliveryPlaceId
    key: str = ""


class Salesman(ContractModel):
    """The seller's employee who looks after the buyer."""

    id: str
    name: str
    phone: str = ""


class IndividualPrice(ContractModel):
    """A price agreed with this buyer for one product, net, per unit of sale. It beats level and discount."""

    product_id: ProductId
    net: Money
    gross: Money


class TradeTerms(ContractModel):
    """On what terms the ERP sells to this buyer; read-only in the shop.

    `discount_percent`: positive lowers the price. `credit_limit`: None means none is set.
    """

    price_level: str = ""
    discount_percent: Decimal = Decimal(0)
    payment_form: str = ""
    payment_days: int = 0
    credit_limit: Money | None = None
    currency: str = "PLN"
    salesman: Salesman | None = None
    individual_prices: tuple[IndividualPrice, ...] = ()


class Customer(ContractModel):
    """One contractor of the ERP, one organisation of the shop.

    `in_shop` is the ERP users' choice; false (or `blocked`) closes the logins and keeps the history.
    """

    id: CustomerId
    code: str
    name: str
    full_name: str = ""
    tax_id: str = ""
    emails: tuple[str, ...] = ()
    phone: str = ""
    address: Address = Address()
    correspondence_address: Address = Address()
    contacts: tuple[Contact, ...] = ()
    delivery_places: tuple[DeliveryPlace, ...] = ()
    terms: TradeTerms = TradeTerms()
    in_shop: bool
    blocked: bool = False
    is_anonymised: bool = Field(default=False, description="Personal data removed in the ERP on request.")
