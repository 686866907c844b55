"""The ERP's own statuses of orders, and what each means to the shop."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from wiadukt.contract.base import ContractModel
from wiadukt.contract.states import OrderState

Letter = Annotated[str, Field(pattern=r"^[^\s\x00]$")]


class OrderStatus(ContractModel):
    """One letter of the ERP's dictionary. `state` None: nobody said what it means, and an order that has it is shown as
    confirmed. `is_fixed`: the connector's settings say it, and the shop can't say otherwise."""

    letter: str
    label: str = ""
    state: OrderState | None = None
    is_fixed: bool = False


class StatusMeaning(ContractModel):
    """What a letter means from now on; None takes back what was said."""

    letter: Letter
    state: OrderState | None = None


class MeaningKept(ContractModel):
    """How many orders have this letter, and are announced."""

    orders: int
