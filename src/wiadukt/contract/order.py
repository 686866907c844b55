"""An order on its way to the ERP (`PlacedOrder`) and as the ERP holds it (`Order`)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from wiadukt.contract.base import (
    ContractModel,
    CustomerId,
    DeliveryPlaceId,
    Money,
    OrderId,
    OrderLineId,
    OrderNumber,
    ProductId,
    Quantity,
)
from wiadukt.contract.states import CancellationObstacle, OrderState, ProductionState


class Parameter(ContractModel):
    """One parameter of a made product, as in ISA-95: an id, a value in text, a unit. `name` and `text` (value and unit
    in one) are for people; empty: what the reader makes of the others."""

    id: str
    value: str
    unit: str = ""
    name: str = ""
    text: str = ""


class PlacedLine(ContractModel):
    """One line as the buyer ordered it; prices per unit, as shown to the buyer. Pieces of a card that counts square
    metres come with their `unit` and with `unit_factor`: so many of the card's units one is."""

    line_no: Annotated[int, Field(ge=1)]
    product_id: ProductId
    quantity: Annotated[Quantity, Field(gt=0)]
    price_net: Money
    price_gross: Money
    note: str = ""
    parameters: tuple[Parameter, ...] = ()
    unit: str = Field(default="", max_length=10, description="Empty: the article's unit of sale.")
    unit_factor: Annotated[Quantity, Field(gt=0)] | None = None


class PlacedOrder(ContractModel):
    """What the shop puts to the ERP. `number` is the idempotency key: a repeat makes no second document.

    `payment_form` and `delivery_form_id` are the ERP's own (`ConnectorStatus` tells them); empty: as on the buyer's
    card and as the connector is set. `payment_days` None: the buyer's.
    """

    number: Annotated[OrderNumber, Field(min_length=1, max_length=30)]
    customer_id: CustomerId
    delivery_place_id: DeliveryPlaceId | None = None
    delivery_place_key: str = Field(
        default="", description="The shop's key of a place that had no id in the ERP when the order was placed."
    )
    placed_at: datetime
    wanted_on: date | None = None
    ordered_by: str = ""
    customer_number: str = Field(default="", description="The buyer's own order number.")
    remarks: str = ""
    payment_form: str = ""
    payment_days: Annotated[int, Field(ge=0, le=999)] | None = None
    delivery_form_id: str = ""
    replaces: OrderNumber | None = Field(
        default=None, description="The order whose place it takes: that one is cancelled with it, or neither happens."
    )
    lines: Annotated[tuple[PlacedLine, ...], Field(min_length=1)]


class OrderReceipt(ContractModel):
    """The ERP's answer to a placed order. `created` is false when the document was there already."""

    number: OrderNumber
    id: OrderId
    erp_number: str
    created: bool


class CancellationRequest(ContractModel):
    """Asks to cancel an order that was told before; a repeat gives the same answer.

    `in_favour_of` names the changed order that is to take its place; until it does, a `Reinstatement` undoes this.
    """

    number: OrderNumber
    in_favour_of: OrderNumber | None = None


class Reinstatement(ContractModel):
    """`number` is to be made after all, as it was: the changed order does not take its place, or, where `instead_of` is
    its own number, it is not cancelled. Repeatable; a late repeat of that cancellation changes nothing any more."""

    number: OrderNumber
    instead_of: OrderNumber


class CancellationReceipt(ContractModel):
    """Whether it is cancelled now. `reason` says why not: a word of `CancellationObstacle`, empty when it is."""

    number: OrderNumber
    cancelled: bool
    reason: CancellationObstacle | None = None


class OrderLine(ContractModel):
    """One line as the ERP holds it now; it owns quantities and prices after acceptance."""

    id: OrderLineId
    product_id: ProductId
    name: str
    unit: str
    ordered: Quantity
    realised: Quantity
    price_net: Money
    price_gross: Money
    vat_code: str = ""


class Shipment(ContractModel):
    """How the goods travel; empty while nothing was sent."""

    tracking_number: str
    carrier: str = ""
    tracking_url: str = ""


class LineProgress(ContractModel):
    """How much of one line is made; `line_no` is the shop's, as in `PlacedLine`."""

    line_no: Annotated[int, Field(ge=1)]
    good: Quantity
    planned: Annotated[Quantity, Field(gt=0)]


class ProductionProgress(ContractModel):
    """What production reported to the ERP about this order. `lines` has those that are made to order."""

    state: ProductionState
    percent: Annotated[Decimal, Field(ge=0, le=100)]
    reported_at: datetime
    lines: tuple[LineProgress, ...] = ()


class Order(ContractModel):
    """One customer order of the ERP. `shop_number` is empty for orders taken by phone."""

    id: OrderId
    erp_number: str
    shop_number: str = ""
    customer_id: CustomerId
    delivery_place_id: DeliveryPlaceId | None = None
    issued_on: date
    due_on: date | None = None
    state: OrderState
    status_code: str = Field(default="", description="The letter in the ERP's own dictionary of statuses.")
    status_label: str = ""
    lines: tuple[OrderLine, ...] = ()
    total_net: Money
    total_gross: Money
    currency: str = "PLN"
    base_gross: Money | None = Field(
        default=None,
        description="The gross total of an order in another currency in the base currency, where the ERP states it.",
    )
    payment_form: str = ""
    remarks: str = ""
    production: ProductionProgress | None = None
    shipment: Shipment | None = None
    received: bool = Field(default=False, description="The goods were handed over to the buyer.")
    received_on: date | None = None
