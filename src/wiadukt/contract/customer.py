"""A buyer as the ERP knows it: one contractor, its people, its delivery places, its terms of trade."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from wiadukt.contract.base import (
    ContactId,
    ContractModel,
    CustomerId,
    DeliveryPlaceId,
    Money,
    OrderId,
    Percent,
    ProductId,
)
from wiadukt.contract.price_rule import PriceRule


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
    email: str = ""


class IndividualPrice(ContractModel):
    """What is agreed with this buyer for one product: a price per unit of sale, or a discount.

    `discount_percent` lowers the price of `level`, or of the buyer's own level where none is named; then net and gross
    are None. A price in another currency is told as it is and never read as the buyer's.
    """

    product_id: ProductId
    net: Money | None = None
    gross: Money | None = None
    currency: str = "PLN"
    discount_percent: Percent | None = None
    level: str = ""


class CategoryTerms(ContractModel):
    """What holds for this buyer in one price category: another price level, another markup; empty means the usual."""

    category: str
    level: str = ""
    markup_percent: Percent | None = None


class Threshold(ContractModel):
    """An order worth at least this much is cheaper by so many percent."""

    from_value: Money
    discount_percent: Percent


class OverdueAction(StrEnum):
    """What happens to an order of a buyer who is late with payments."""

    ALLOW = "allow"
    WARN = "warn"
    HOLD = "hold"


class TradeTerms(ContractModel):
    """On what terms the ERP sells to this buyer; read-only in the shop. `rule` says how the sources of a price combine.

    `discount_percent`: positive lowers the price; `markup_percent`: positive raises it. `credit_limit`: None means none
    is set. `overdue_days`: an invoice may be so many days late before `overdue_action` is taken.
    """

    price_level: str = Field(default="", description="Empty: each product's own default level.")
    price_level_name: str = ""
    group: str = ""
    group_name: str = ""
    markup_percent: Percent = Decimal(0)
    category_terms: tuple[CategoryTerms, ...] = ()
    takes_promotions: bool = True
    thresholds: tuple[Threshold, ...] = ()
    rule: PriceRule = PriceRule()
    discount_percent: Percent = Decimal(0)
    payment_form: str = ""
    payment_days: int = 0
    credit_limit: Money | None = None
    overdue_days: int = 0
    overdue_action: OverdueAction = OverdueAction.ALLOW
    currency: str = "PLN"
    salesman: Salesman | None = None
    individual_prices: tuple[IndividualPrice, ...] = ()


class Unassigned(ContractModel):
    """Money of the buyer that settles no document yet: an overpayment, or a payment that nobody has assigned."""

    id: str
    document: str = ""
    received_on: date
    amount: Money
    remaining: Money
    currency: str = "PLN"
    form: str = ""
    order_id: OrderId | None = None


class OtherReceivable(ContractModel):
    """What the buyer owes by no trade document: an opening balance, an interest note. `due_on` None: the ERP has none.

    Amounts in `currency`; `base_remaining` is what remains of one in another currency in the base one, where the ERP
    states it.
    """

    id: str
    document: str = ""
    issued_on: date
    due_on: date | None = None
    amount: Money
    remaining: Money
    currency: str = "PLN"
    base_remaining: Money | None = None


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
    unassigned: tuple[Unassigned, ...] = ()
    receivables: tuple[OtherReceivable, ...] = Field(default=(), description="The open ones alone.")
    in_shop: bool
    blocked: bool = False
    is_anonymised: bool = Field(default=False, description="Personal data removed in the ERP on request.")
