"""What production takes and what it answers, in the words of ISA-95 (work request, job order, job response)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from wiadukt.contract.base import ContractModel, OrderNumber, ProductId, Quantity
from wiadukt.contract.order import LineProgress, Parameter
from wiadukt.contract.states import ProductionState


class JobOrder(ContractModel):
    """One order line to be made. `id` is the order's number and the line's, e.g. `WD-100001-2`."""

    id: Annotated[str, Field(min_length=1, max_length=60)]
    product_id: ProductId
    description: str
    quantity: Annotated[Quantity, Field(gt=0)]
    unit: str = "szt."
    parameters: tuple[Parameter, ...] = ()


class Document(ContractModel):
    """A file that belongs to an order, where whoever may see it finds it."""

    name: str
    url: Annotated[str, Field(pattern=r"^https?://")]


class WorkRequest(ContractModel):
    """All job orders of one shop order; `order_number` is the idempotency key."""

    order_number: OrderNumber
    customer_name: str
    customer_order_number: str = ""
    due_on: date | None = None
    job_orders: Annotated[tuple[JobOrder, ...], Field(min_length=1)]
    documents: tuple[Document, ...] = ()


class WorkRequestReceipt(ContractModel):
    """Production's answer. `created` is false when the same request was there already."""

    order_number: OrderNumber
    job_order_ids: tuple[str, ...]
    created: bool


class ProgressReport(ContractModel):
    """What production puts to the ERP about one order. `revision` grows; an older one changes nothing.
    `lines` is the same by order line."""

    order_number: OrderNumber
    revision: Annotated[int, Field(ge=1)]
    state: ProductionState
    good: Quantity
    planned: Annotated[Quantity, Field(gt=0)]
    lines: tuple[LineProgress, ...] = ()
