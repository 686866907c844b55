"""What the shop told us last about an address or a place, and what we answered: kept in the transaction of the change.

So a repeat after a lost answer gets the very same one, an older message that comes late changes nothing, and what we
wrote ourselves is never taken for the office's.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, null, select, update

from wiadukt.contract.address_change import AddressChange, DeliveryPlaceChange
from wiadukt.contract.base import ContractModel
from wiadukt.wapro import tables as t
from wiadukt.wapro.moments import after, now

Change = AddressChange | DeliveryPlaceChange
M = TypeVar("M", bound=ContractModel)


@dataclass(frozen=True)
class Told:
    """`digest` is of the value we wrote, `answer` our receipt as JSON."""

    revision: int
    row_id: str | None
    digest: str
    answer: str

    def is_behind(self, change: Change) -> bool:
        """Whether this change is a repeat, or older than what we know. The same revision with another text is new: a
        person edited the message meanwhile."""
        return change.revision < self.revision or self._is_repeat(change)

    def answer_to(self, receipt: type[M], change: Change) -> M | None:
        return receipt.model_validate_json(self.answer) if self.answer and self._is_repeat(change) else None

    def _is_repeat(self, change: Change) -> bool:
        return change.revision == self.revision and digest(change.value) == self.digest


def read(conn: Connection, key: str) -> Told | None:
    row = conn.execute(select(t.address_told).where(t.address_told.c.klucz == key)).mappings().first()
    if row is None:
        return None
    row_id = str(int(row["id_wiersza"])) if row["id_wiersza"] is not None else None
    return Told(int(row["rewizja"]), row_id, row["skrot"].strip(), row["odpowiedz"])


def keep(conn: Connection, key: str, change: Change, receipt: ContractModel, row_id: str | None = None) -> None:
    """Only ASCII: the column is of WAPRO's code page."""
    values: dict[str, Any] = {
        "rewizja": change.revision,
        "id_wiersza": int(row_id) if row_id is not None else null(),
        "skrot": digest(change.value),
        "odpowiedz": json.dumps(receipt.model_dump(mode="json")),
        "zapisano": now(),
    }
    row = t.address_told
    # Asked and not counted: SQL Server tells no count while a session has NOCOUNT on.
    if conn.execute(select(row.c.klucz).where(row.c.klucz == key)).first():
        conn.execute(update(row).where(row.c.klucz == key).values(**values))
    else:
        conn.execute(insert(row).values(klucz=key, **values))


def forget_answers(conn: Connection, days: int) -> None:
    """Old answers may hold an address that the office has removed since; keys and revisions stay."""
    row = t.address_told
    old = (row.c.zapisano < after(-86400 * days)) & (row.c.odpowiedz != "")
    conn.execute(update(row).where(old).values(odpowiedz=""))


def is_anothers(before: Told | None, current: ContractModel, *, base: ContractModel | None, new: ContractModel) -> bool:
    """Whether somebody else put `current` there since the person saw `base`: it is neither that, nor new, nor ours."""
    return base is not None and current not in (base, new) and (before is None or digest(current) != before.digest)


def digest(value: ContractModel) -> str:
    return hashlib.sha256(value.model_dump_json().encode()).hexdigest()
