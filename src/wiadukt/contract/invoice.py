"""An invoice of the ERP with its lines, its orders and what was paid."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from wiadukt.contract.base import (
    ContractModel,
    CustomerId,
    InvoiceId,
    Money,
    OrderId,
    OrderLineId,
    ProductId,
    Quantity,
)


class InvoiceKind(StrEnum):
    """What the document is; receipts never leave the ERP."""

    SALE = "sale"
    CORRECTION = "correction"
    ADVANCE = "advance"


class InvoiceLine(ContractModel):
    """One line. `order_id` and `order_line_id` are None for a line without an order; corrections carry signs."""

    id: str
    product_id: ProductId
    name: str
    unit: str
    quantity: Quantity
    net: Money
    gross: Money
    vat_code: str = ""
    order_id: OrderId | None = None
    order_line_id: OrderLineId | None = None


class Payment(ContractModel):
    """One part payment, in the invoice's currency."""

    id: str
    paid_on: date
    amount: Money


class Invoice(ContractModel):
    """One trade document. `remaining` is what is still to be paid; `payer_id` owes it."""

    id: InvoiceId
    number: str
    kind: InvoiceKind = InvoiceKind.SALE
    corrects_id: InvoiceId | None = None
    customer_id: CustomerId
    payer_id: CustomerId
    issued_on: date
    sold_on: date | None = None
    due_on: date
    total_net: Money
    total_gross: Money
    paid: Money
    remaining: Money
    currency: str = "PLN"
    payment_form: str = ""
    lines: tuple[InvoiceLine, ...] = ()
    payments: tuple[Payment, ...] = ()
