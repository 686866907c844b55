"""The ERP's change queue as a person looks at it: pages of its rows, what was refused by cause, and waiting again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from wiadukt.contract.base import ContractModel, Kind, Sign
from wiadukt.contract.fetch import QueueEntry

MAX_ROWS = 500
MAX_RETRY = 1000
MAX_TEXT = 100
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
    """What was refused, the largest groups first. `count`: all that matches, also what is in no group shown here;
    `up_to`: the youngest of it, 0 of nothing."""

    causes: tuple[QueueCause, ...]
    count: int = 0
    up_to: int = 0


class QueueRetry(ContractModel):
    """Which refused rows wait again: those of `cause` and `kind` (None: of any) that match `q` as a page of rows does,
    with numbers above `above` and up to `up_to` (what was there when a person looked); at most `most` of them, oldest
    first."""

    cause: Annotated[Sign, Field(max_length=CAUSE_LENGTH)] | None = None
    kind: Kind | None = None
    q: Annotated[Sign, Field(max_length=MAX_TEXT)] = ""
    above: Annotated[int, Field(ge=0, lt=2**63)] = 0
    up_to: Annotated[int, Field(ge=0, lt=2**63)]
    most: Annotated[int, Field(ge=1, le=MAX_RETRY)] = MAX_RETRY


class QueueRetried(ContractModel):
    """How many wait again. `last`: the number above which the next portion begins; None when nothing is left."""

    count: int
    last: int | None = None
