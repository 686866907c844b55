"""What every reader does alike: ids as numbers, rows by owner, one bad card never spoils its batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy import Connection, RowMapping, Select, func, select

from wiadukt.contract.base import ContractModel
from wiadukt.contract.fetch import Fetched
from wiadukt.contract.money import grosz
from wiadukt.wapro.clarion import NotClarion
from wiadukt.wapro.text import is_id

T = TypeVar("T", bound=ContractModel)
Rows = Sequence[RowMapping]


def numeric(ids: Iterable[str]) -> list[int]:
    """WAPRO's numeric ids; what is no number can't be an id there and is left out."""
    return [int(text) for text in ids if is_id(text)]


def rows(conn: Connection, query: Select[Any]) -> Rows:
    return conn.execute(query).mappings().all()


def by(found: Rows, column: str) -> dict[str, list[RowMapping]]:
    """Rows by the text of one of their columns."""
    groups: dict[str, list[RowMapping]] = defaultdict(list)
    for row in found:
        groups[str(row[column])].append(row)
    return groups


def present(row: RowMapping, column: str, what: str) -> str:
    """The text of a joined column that must be there. Raises ValueError: better a broken object than half of one."""
    value = row[column]
    if value is None:
        raise ValueError(f"{what} is not there, so {column} is unknown")
    return str(value).strip()


def built(conn: Connection, ids: Sequence[str], keys: Iterable[str], build: Callable[[str], T]) -> Fetched[T]:
    """Builds each found object; asked ids without one are missing, a card that breaks a rule is broken with why.

    `read_at` is the base's own time at the start of the snapshot.
    """
    objects: list[T] = []
    broken: dict[str, str] = {}
    found = set(keys)
    for key in dict.fromkeys(ids):
        if key not in found:
            continue
        try:
            objects.append(build(key))
        except (ValidationError, NotClarion, ArithmeticError, KeyError, TypeError, ValueError) as error:
            broken[key] = f"{type(error).__name__}: {error}"
    missing = tuple(key for key in dict.fromkeys(ids) if key not in found)
    read_at = conn.execute(select(func.now())).scalar_one()
    return Fetched(objects=tuple(objects), missing=missing, broken=broken, read_at=read_at)


def money(value: Decimal | None) -> Decimal:
    """An amount with two decimals, rounded as WAPRO does: a half goes away from zero. NULL is nothing."""
    return grosz(value or Decimal(0))
