"""What every reader does alike: ids as numbers, rows by owner, one bad card never spoils its batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy import Connection, Select, Table, case, literal
from sqlalchemy.sql.elements import ColumnElement

from wiadukt.contract.base import ContractModel
from wiadukt.contract.faults import faults_of
from wiadukt.contract.fetch import Fetched
from wiadukt.contract.money import grosz
from wiadukt.wapro import tables as t
from wiadukt.wapro.among import among
from wiadukt.wapro.clarion import NotClarion
from wiadukt.wapro.engine import known_columns, read_at
from wiadukt.wapro.settings import Settings
from wiadukt.wapro.text import is_id

LANGUAGE = "pl"
"""As refusals: they are read by the people of a Polish company, wherever they surface."""
T = TypeVar("T", bound=ContractModel)
Row = Mapping[str, Any]
Rows = Sequence[Row]


def numeric(ids: Iterable[str]) -> list[int]:
    """WAPRO's numeric ids, ready for `in_`; what is no number can't be an id there and is left out."""
    return among(int(text) for text in ids if is_id(text))


def rows(conn: Connection, query: Select[Any]) -> Rows:
    """Plain dicts: thousands of rows, each with a look at a dozen columns, are read much faster so."""
    found = conn.execute(query)
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found]


def by(found: Rows, column: str) -> dict[str, list[Row]]:
    """Rows by the text of one of their columns."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        groups[str(row[column])].append(row)
    return groups


def order_warehouse_first(settings: Settings) -> ColumnElement[int]:
    """For ORDER BY: the cards orders are made from come before those of the other warehouses."""
    return case((t.article.c.ID_MAGAZYNU == settings.wapro_order_warehouse, 0), else_=1)


def columns_of(conn: Connection, table: Table) -> list[ColumnElement[Any]]:
    """The table's columns that we read; one that this version of WAPRO does not have yet stands with its meaning."""
    optional = t.OPTIONAL.get(table.name, {})
    there = known_columns(conn, table) if optional else set()
    return [
        literal(optional[column.name]).label(column.name) if column.name in optional.keys() - there else column
        for column in table.columns
    ]


def present(row: Row, column: str, what: str) -> str:
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
            broken[key] = _said(error)
    missing = tuple(key for key in dict.fromkeys(ids) if key not in found)
    return Fetched(objects=tuple(objects), missing=missing, broken=broken, read_at=read_at(conn))


def _said(error: Exception) -> str:
    """What a person is told of a card that can't be read: the field at fault, where it is known."""
    if isinstance(error, ValidationError):
        return f"ValidationError: {' '.join(fault.sentence(LANGUAGE) for fault in faults_of(error, LANGUAGE))}"
    return str(error) if isinstance(error, NotClarion) else f"{type(error).__name__}: {error}"


def money(value: Decimal | None) -> Decimal:
    """An amount with two decimals, rounded as WAPRO does: a half goes away from zero. NULL is nothing."""
    return grosz(value or Decimal(0))
