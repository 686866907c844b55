"""What was agreed: the periods by which health is judged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Agreed:
    """`arrive_s`: a change is on the other side within so many seconds. `order_s`: an order has its document in WAPRO.
    `compare_s`: the last comparison is no older."""

    arrive_s: float
    order_s: float
    compare_s: float
