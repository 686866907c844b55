"""The ERP's change queue as a person looks at it: pages of its rows, what was refused by cause, and waiting again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, Field

from wiadukt.contract.base import ContractModel, Kind, Sign
from wiadukt.contract.fetch import QueueEntry
from wiadukt.contract.states import QueueState

MAX_ROWS = 500
MAX_RETRY = 1000
MAX_TEXT = 100
CAUSE_LENGTH = 300


class QueueFilter(ContractModel):
    """Which rows. `q`: how an object's id begins, or a part of the last error; `cause`: just how the error begins, as
    the groups have it; `since` and `until`: when the oldest change in the row was noted. What is None says nothing."""

    kind: Kind | None = None
    q: Annotated[Sign, Field(max_length=MAX_TEXT)] = ""
    cause: Annotated[Sign, Field(max_length=CAUSE_LENGTH)] | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class QueuePage(QueueFilter):
    """A page of such rows in this state, youngest first, below the number `before`."""

    state: QueueState | None = None
    before: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_ROWS)] = 50


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


class QueueRetry(QueueFilter):
    """Which refused rows wait again: those that match, with numbers above `above` and up to `up_to` (what was there
    when a person looked); at most `most` of them, oldest first."""

    above: Annotated[int, Field(ge=0, lt=2**63)] = 0
    up_to: Annotated[int, Field(ge=0, lt=2**63)]
    most: Annotated[int, Field(ge=1, le=MAX_RETRY)] = MAX_RETRY


class QueueRetried(ContractModel):
    """How many wait again. `last`: the number above which the next portion begins; None when nothing is left."""

    count: int
    last: int | None = None
