"""The ERP's change queue as a person looks at it: pages of its rows, what was refused by cause, and waiting again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from wiadukt.contract.base import ContractModel, Kind, Sign
from wiadukt.contract.fetch import QueueEntry

MAX_ROWS = 500
CAUSE_LENGTH = 300


class QueueRow(QueueEntry):
    """One row; several changes of one object may have become one."""

    id: int
    kind: Kind
    object_id: str


class QueueRows(ContractModel):
    """A page of rows, youngest first; `next_before` is None on the last one."""

    rows: tuple[QueueRow, ...]
    next_before: int | None = None


class QueueCause(ContractModel):
    """Rows that were refused with the same words, as far as their beginning goes. `up_to`: the youngest of them."""

    cause: str
    count: int
    oldest: datetime
    up_to: int


class QueueCauses(ContractModel):
    """What was refused, the largest group first."""

    causes: tuple[QueueCause, ...]


class QueueRetry(ContractModel):
    """Which refused rows wait again: those of `cause` (None: all), as far as they were there when a person looked."""

    cause: Annotated[Sign, Field(max_length=CAUSE_LENGTH)] | None = None
    up_to: Annotated[int, Field(ge=0, lt=2**63)]


class QueueRetried(ContractModel):
    """How many wait again."""

    count: int
