"""What every reader does alike: ids as numbers, rows by owner, one bad card never spoils its batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy import Connection, RowMapping, Select

from wiadukt.contract.base import ContractModel
from wiadukt.contract.fetch import Fetched
from wiadukt.wapro.clarion import NotClarion

T = TypeVar("T", bound=ContractModel)
Rows = Sequence[RowMapping]


def numeric(ids: Iterable[str]) -> list[int]:
    """WAPRO's numeric ids; what is no number can't be an id there and is left out."""
    return [int(text) for text in ids if text.isdigit()]


def rows(conn: Connection, query: Select[Any]) -> Rows:
    return conn.execute(query).mappings().all()


def by(found: Rows, column: str) -> dict[str, list[RowMapping]]:
    """Rows by the text of one of their columns."""
    groups: dict[str, list[RowMapping]] = defaultdict(list)
    for row in found:
        groups[str(row[column])].append(row)
    return groups


def built(ids: Sequence[str], keys: Iterable[str], build: Callable[[str], T]) -> Fetched[T]:
    """Builds each found object; asked ids without one are missing, a card that breaks a rule is broken with why."""
    objects: list[T] = []
    broken: dict[str, str] = {}
    found = set(keys)
    for key in dict.fromkeys(ids):
        if key not in found:
            continue
        try:
            objects.append(build(key))
        except (ValidationError, NotClarion, ArithmeticError, KeyError, ValueError) as error:
            broken[key] = f"{type(error).__name__}: {error}"
    missing = tuple(key for key in dict.fromkeys(ids) if key not in found)
    return Fetched(objects=tuple(objects), missing=missing, broken=broken, read_at=datetime.now(UTC))


def money(value: Decimal | None) -> Decimal:
    """An amount with two decimals, as documents show it."""
    return (value or Decimal(0)).quantize(Decimal("0.01"))
