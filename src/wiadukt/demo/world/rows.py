"""Rows waiting to be written, by table, and the encodings of the base."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import psycopg
from psycopg import sql

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
    """Collects rows and writes each table with one COPY. Ids come from one counter, like the base's own."""

    def __init__(self) -> None:
        self._tables: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = defaultdict(list)
        self._last = FIRST_ID - 1

    def new_id(self) -> int:
        self._last += 1
        return self._last

    def add(self, table: str, **values: Any) -> None:
        self._tables[table, tuple(values)].append(tuple(values.values()))

    def write(self, connection: psycopg.Connection[Any]) -> None:
        for (table, columns), rows in self._tables.items():
            statement = sql.SQL("COPY dbo.{} ({}) FROM STDIN").format(
                sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
            )
            with connection.cursor() as cursor, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        connection.execute("SELECT setval('dbo.nowe_id', %s)", [self._last + 1000])
