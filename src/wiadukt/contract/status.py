"""What the connector says of itself."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from wiadukt.contract.base import ContractModel
from wiadukt.contract.order_status import OrderStatus

CaptureWord = Literal["on", "missing", "unknown"]
Writable = Literal["addresses", "places"]


class PaymentForm(ContractModel):
    """A form of payment of the ERP's dictionary; its name is what documents carry."""

    name: str
    days: int = 0


class DeliveryForm(ContractModel):
    """A form of delivery of the ERP's dictionary."""

    id: str
    name: str


class BaseFault(ContractModel):
    """What the ERP's base does not give its connector: a table, a column that is not there (named with its table), or
    the right to read a table."""

    kind: Literal["table", "column", "right"]
    name: str


class QueueStanding(ContractModel):
    """The ERP's queue of changes: how many wait since when, and what stopped the oldest; how many the receiver refused,
    and why the youngest of them."""

    waiting: int = 0
    oldest_at: datetime | None = None
    last_error: str = ""
    rejected: int = 0
    rejected_for: str = ""


class ConnectorStatus(ContractModel):
    """`gap_ended_at`: when capture was last put back after changes could go unnoticed; None when it never was away.

    Whoever follows the events compares everything once after each gap. `writes`: what the shop may change in the ERP.
    `limits`: the most characters by field, as the base itself says: `address.street`, `place.name` and the like; every
    text must be of `code_page`. `payment_forms` and `delivery_forms`: those that an order may name.
    `order_statuses`: the ERP's dictionary of them.
    `at`: the connector's clock. `faults`: what its base does not give it. `queue`: what it has still to tell.
    """

    version: str
    capture: CaptureWord
    capture_missing: str = ""
    gap_ended_at: datetime | None = None
    writes: tuple[Writable, ...] = ()
    limits: dict[str, int] = {}
    code_page: str = "cp1250"
    payment_forms: tuple[PaymentForm, ...] = ()
    delivery_forms: tuple[DeliveryForm, ...] = ()
    order_statuses: tuple[OrderStatus, ...] = ()
    at: datetime | None = None
    faults: tuple[BaseFault, ...] = ()
    queue: QueueStanding = QueueStanding()
