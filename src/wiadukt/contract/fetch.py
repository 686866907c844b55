"""How objects are asked for in batches, and how their ids are listed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Generic, TypeVar

from pydantic import Field

from wiadukt.contract.base import ContractModel, Sign
from wiadukt.contract.states import QueueState

MAX_FETCH = 500
T = TypeVar("T")


class FetchRequest(ContractModel):
    """Ids to read now; at most 500 a call."""

    ids: Annotated[tuple[Sign, ...], Field(min_length=1, max_length=MAX_FETCH)]


class Fetched(ContractModel, Generic[T]):
    """Objects as one snapshot of the ERP's base, and the ids it does not (or no longer) have.

    `broken` names objects that could not be read, with the reason: one bad card never spoils its batch.
    Order is not kept.
    """

    objects: tuple[T, ...]
    missing: tuple[str, ...] = ()
    broken: dict[str, str] = {}
    read_at: datetime


class IdPage(ContractModel):
    """A page of ids in ascending order; `next_after` is None on the last one."""

    ids: tuple[str, ...]
    next_after: str | None = None


class QueueEntry(ContractModel):
    """The youngest row of an object in the ERP's change queue."""

    state: QueueState
    attempts: int
    last_error: str = ""
    accepted_at: datetime
    sent_at: datetime | None = None


class QueueEntries(ContractModel):
    """What the ERP's queue says about these objects; one that never changed has no entry."""

    entries: dict[str, QueueEntry]
