"""What the connector says of itself."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from wiadukt.contract.base import ContractModel

CaptureWord = Literal["on", "missing", "unknown"]


class ConnectorStatus(ContractModel):
    """`gap_ended_at`: when capture was last put back after changes could go unnoticed; None when it never was away.

    Whoever follows the events compares everything once after each gap.
    """

    version: str
    capture: CaptureWord
    capture_missing: str = ""
    gap_ended_at: datetime | None = None
