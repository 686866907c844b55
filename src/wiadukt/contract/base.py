"""The common ground of every contract object: immutable, strict about unknown fields, with typed ids."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, NewType

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

CustomerId = NewType("CustomerId", str)
ContactId = NewType("ContactId", str)
DeliveryPlaceId = NewType("DeliveryPlaceId", str)
ProductId = NewType("ProductId", str)
"""The catalogue index of an article, the same in every warehouse."""
OrderId = NewType("OrderId", str)
OrderLineId = NewType("OrderLineId", str)
InvoiceId = NewType("InvoiceId", str)
OrderNumber = NewType("OrderNumber", str)
"""The shop's own order number: the idempotency key of an order everywhere."""

Sign = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
"""A text that a caller asks by: anything but the NUL sign, which no base can look for."""
Money = Annotated[Decimal, Field(max_digits=16, decimal_places=4)]
Percent = Annotated[Decimal, Field(max_digits=8, decimal_places=4)]
Quantity = Annotated[Decimal, Field(max_digits=16, decimal_places=6)]


class Kind(StrEnum):
    """The object kinds that travel on the road."""

    CUSTOMER = "customer"
    PRODUCT = "product"
    ORDER = "order"
    INVOICE = "invoice"


class ContractModel(BaseModel):
    """An object of the contract. Unknown fields are refused, so a drift between two sides is never silent."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
