"""An invoice of the ERP with its lines, its orders and what was paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
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


class PaymentKind(StrEnum):
    """How a part of a document was settled. `other`: the ERP's own words stand in `form`."""

    TRANSFER = "transfer"
    CASH = "cash"
    COMPENSATION = "compensation"
    CORRECTION = "correction"
    OTHER = "other"


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
    """One part payment, in the invoice's currency and with its sign: of a correction that gives money back it is
    negative. `form` and `document` are the ERP's words: how, and by which document."""

    id: str
    paid_on: date
    amount: Money
    kind: PaymentKind = PaymentKind.OTHER
    form: str = ""
    document: str = ""


class Charged(ContractModel):
    """What advance invoices charged of one order before; positive."""

    order_id: OrderId | None = None
    net: Money
    gross: Money


class Invoice(ContractModel):
    """One trade document. `remaining` is what is still to be paid; `payer_id` owes it.

    Amounts are in `currency`, with the document's own sign: a correction that gives money back is negative, and so is
    what remains of it. `advance` is what of its lines advance invoices charged before, gross, and `charged` the same by
    order; the totals, `paid` and `remaining` are without it. `corrects` are all documents that it corrects. `account`
    is where it is to be paid. `base_gross` and `base_remaining` are the two totals of a document in another currency in
    the base currency, as the ERP states them; None where it states none, and for a document in the base currency.
    """

    id: InvoiceId
    number: str
    kind: InvoiceKind = InvoiceKind.SALE
    corrects_id: InvoiceId | None = None
    corrects: tuple[InvoiceId, ...] = ()
    customer_id: CustomerId
    payer_id: CustomerId
    issued_on: date
    sold_on: date | None = None
    due_on: date
    total_net: Money
    total_gross: Money
    advance: Money = Decimal(0)
    paid: Money
    remaining: Money
    currency: str = "PLN"
    payment_form: str = ""
    base_gross: Money | None = None
    base_remaining: Money | None = None
    account: str = ""
    interest: Money = Decimal(0)
    ksef_number: str = ""
    ksef_url: str = ""
    lines: tuple[InvoiceLine, ...] = ()
    charged: tuple[Charged, ...] = ()
    payments: tuple[Payment, ...] = ()
