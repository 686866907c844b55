"""What the connector says of itself."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from wiadukt.contract.base import ContractModel

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


class ConnectorStatus(ContractModel):
    """`gap_ended_at`: when capture was last put back after changes could go unnoticed; None when it never was away.

    Whoever follows the events compares everything once after each gap. `writes`: what the shop may change in the ERP.
    `limits`: the most characters by field, as the base itself says: `address.street`, `place.name` and the like; every
    text must be of `code_page`. `payment_forms` and `delivery_forms`: those that an order may name.
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
