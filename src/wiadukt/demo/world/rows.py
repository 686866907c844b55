"""Rows waiting to be written, by table, and the encodings of the base."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol

import psycopg
from psycopg import sql
from sqlalchemy import Connection, create_engine

FIRST_ID = 10_001
GROSZ = Decimal("0.01")
VAT = Decimal("1.23")


def clarion(day: date) -> int:
    return (day - date(1800, 12, 28)).days


def cents(value: Decimal | float | str) -> Decimal:
    return Decimal(str(value)).quantize(GROSZ, ROUND_HALF_UP)


def gross(net: Decimal) -> Decimal:
    return cents(net * VAT)


class Rows:
    """Collects rows and writes each table at once. Ids come from one counter, like the base's own."""

    def __init__(self) -> None:
        self._tables: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = defaultdict(list)
        self._last = FIRST_ID - 1

    def new_id(self) -> int:
        self._last += 1
        return self._last

    def add(self, table: str, **values: Any) -> None:
        self._tables[table, tuple(values)].append(tuple(values.values()))

    def write(self, base: Base) -> None:
        for (table, columns), rows in self._tables.items():
            base.fill(table, columns, rows)
        base.ids_begin_after(self._last + 1000)


class Base(Protocol):
    """A base of the stand-in in one transaction."""

    def lock(self) -> None: ...
    def has(self, table: str) -> bool: ...
    def fill(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None: ...
    def ids_begin_after(self, last: int) -> None: ...
    def run(self, statement: str) -> None: ...


@contextmanager
def opened(url: str) -> Iterator[Base]:
    """The base at libpq's URL or at `mssql+mssqlpython://...`; commits at the end."""
    if not url.startswith("mssql"):
        with psycopg.connect(url) as connection:
            yield PostgresBase(connection)
        return
    engine = create_engine(url)
    with engine.begin() as sqlserver:
        yield SqlServerBase(sqlserver)
    engine.dispose()


@dataclass
class PostgresBase:
    connection: psycopg.Connection[Any]

    def lock(self) -> None:
        self.connection.execute("SELECT pg_advisory_xact_lock(8102)")

    def has(self, table: str) -> bool:
        query = sql.SQL("SELECT 1 FROM dbo.{} LIMIT 1").format(sql.Identifier(table))
        return self.connection.execute(query).fetchone() is not None

    def fill(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        statement = sql.SQL("COPY dbo.{} ({}) FROM STDIN").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def ids_begin_after(self, last: int) -> None:
        self.connection.execute("SELECT setval('dbo.nowe_id', %s)", [last])

    def run(self, statement: str) -> None:
        self.connection.execute(statement.encode())


@dataclass
class SqlServerBase:
    connection: Connection

    def lock(self) -> None:
        """None: a base of SQL Server is seeded by hand, not by every start of the demo."""

    def has(self, table: str) -> bool:
        return self.connection.exec_driver_sql(f"SELECT TOP (1) 1 FROM dbo.[{table}]").first() is not None

    def fill(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        key = self.connection.exec_driver_sql(
            "SELECT name FROM sys.identity_columns WHERE object_id = OBJECT_ID(?)", (f"dbo.{table}",)
        ).scalar()
        own_ids = key is not None and key.upper() in columns
        names, marks = ", ".join(f"[{name}]" for name in columns), ", ".join("?" for _ in columns)
        if own_ids:
            self.run(f"SET IDENTITY_INSERT dbo.[{table}] ON")
        self.connection.exec_driver_sql(
            f"INSERT INTO dbo.[{table}] ({names}) VALUES ({marks})", [tuple(map(_for_driver, row)) for row in rows]
        )
        if own_ids:
            self.run(f"SET IDENTITY_INSERT dbo.[{table}] OFF")

    def ids_begin_after(self, last: int) -> None:
        """None: an identity column goes on after the highest id it was given."""

    def run(self, statement: str) -> None:
        self.connection.exec_driver_sql(statement)


def _for_driver(value: Any) -> Any:
    """The driver takes the first row's integers for the size of all that follow."""
    return Decimal(value) if isinstance(value, int) else value
