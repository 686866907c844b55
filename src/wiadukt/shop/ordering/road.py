"""The road of one order as its buyer sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wiadukt.contract.states import OrderState

ROAD: list[tuple[OrderState, Promise]] = [
    (OrderState.NEW, _("Placed")),
    (OrderState.CONFIRMED, _("Confirmed")),
    (OrderState.IN_PRODUCTION, _("In production")),
    (OrderState.READY, _("Ready")),
    (OrderState.PACKED, _("Packed")),
    (OrderState.SHIPPED, _("Shipped")),
    (OrderState.DELIVERED, _("Delivered")),
    (OrderState.FINISHED, _("Finished")),
]


@dataclass(frozen=True)
class Step:
    """One stop of the road; `mark` is done, now or ahead."""

    label: Promise
    mark: str


def steps_of(order: Any) -> list[Step]:
    """Every stop with its mark; empty for an order that is cancelled, deleted or not placed: it has no road."""
    if order.erp_state == OrderState.CANCELLED or order.is_gone or not order.is_placed:
        return []
    states = [state for state, _label in ROAD]
    here = states.index(OrderState(order.erp_state))
    marks = ["done" if i < here else "now" if i == here else "ahead" for i in range(len(states))]
    return [Step(label, mark) for (_state, label), mark in zip(ROAD, marks, strict=True)]
