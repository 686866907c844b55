"""What every office action shares: a transaction, an error a person can act on, Clarion days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import psycopg
from psycopg.rows import dict_row

Connection = psycopg.Connection[dict[str, Any]]
EPOCH = date(1800, 12, 28)


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
