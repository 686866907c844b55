"""What every office action shares: a transaction, an error a person can act on, Clarion days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

Connection = psycopg.Connection[dict[str, Any]]
EPOCH = date(1800, 12, 28)
KEYS = {
    "DOKUMENT_HANDLOWY": "ID_DOKUMENTU_HANDLOWEGO",
    "ROZRACHUNEK": "ID_ROZRACHUNKU",
    "DOKUMENT_MAGAZYNOWY": "ID_DOK_MAGAZYNOWEGO",
    "POZYCJA_DOKUMENTU_MAGAZYNOWEGO": "ID_POZ_DOK_MAG",
}


class OfficeError(Exception):
    """A refusal in words of the screen: the field and the remedy."""


@contextmanager
def transaction(url: str) -> Iterator[Connection]:
    with psycopg.connect(url, row_factory=dict_row) as connection:
        yield connection


def clarion(day: date) -> int:
    return (day - EPOCH).days


def day_of(days: int | None) -> date | None:
    return EPOCH + timedelta(days=days) if days else None


def rows(connection: Connection, query: str, *values: Any) -> list[dict[str, Any]]:
    return connection.execute(query.encode(), values).fetchall()


def row(connection: Connection, query: str, *values: Any) -> dict[str, Any]:
    found = connection.execute(query.encode(), values).fetchone()
    if found is None:
        raise OfficeError("Nie ma takiego zapisu: odśwież listę i wybierz jeszcze raz.")
    return found


def insert(connection: Connection, table: str, **values: Any) -> int:
    """The id of the new row: the table's first column."""
    statement = sql.SQL("INSERT INTO dbo.{} ({}) VALUES ({}) RETURNING *").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, values)),
        sql.SQL(", ").join(sql.Placeholder() * len(values)),
    )
    made = connection.execute(statement, list(values.values())).fetchone()
    if made is None:
        raise OfficeError("Nie zapisano: spróbuj jeszcze raz.")
    return int(next(iter(made.values())))


def change(connection: Connection, table: str, key: int, **values: Any) -> None:
    """Sets these columns of the row with this id (`ID_` and what the table is called by)."""
    statement = sql.SQL("UPDATE dbo.{} SET {} WHERE {} = %s").format(
        sql.Identifier(table),
        sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in values),
        sql.Identifier(KEYS[table]),
    )
    connection.execute(statement, [*values.values(), key])
