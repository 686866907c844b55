"""Many rows read, changed or added by one statement.

Django's `bulk_update` writes a CASE with a branch a row and field, its `IN` a placeholder a value, all within the
statement's text; building and planning that costs ten times the work itself. Here columns travel as arrays beside the
statement, and new rows by COPY.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter
from typing import Any

import psycopg
from django.db import connection
from django.db.models import F, Lookup, Model
from psycopg import sql


def among(field: str, values: Iterable[Any]) -> Lookup:
    """For `filter`: as `field__in=values`, with one parameter however many values there are."""
    return _Among(F(field), list(values))


class _Among(Lookup):
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*parameters, self.rhs]


def update(rows: Sequence[Model], fields: Sequence[str]) -> None:
    """Saves these fields of all rows, which are of one model and have keys; no signals."""
    if not rows:
        return
    model = type(rows[0])
    names = [model._meta.get_field(name).attname for name in fields]
    update_values(model, fields, [(row.pk, *(getattr(row, name) for name in names)) for row in rows])


def update_values(model: type[Model], fields: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
    """The same of plain values: of each row its key, then its fields in their order."""
    if not values:
        return
    meta = model._meta
    columns: list[Any] = [meta.pk, *(meta.get_field(name) for name in fields)]
    statement = sql.SQL(
        "UPDATE {table} SET {changes} FROM unnest({arrays}) AS new ({names}) WHERE {table}.{key} = new.{key}"
    ).format(
        table=sql.Identifier(meta.db_table),
        changes=sql.SQL(", ").join(sql.SQL("{0} = new.{0}").format(_name(column)) for column in columns[1:]),
        arrays=sql.SQL(", ").join(sql.SQL("%s::{}[]").format(sql.SQL(_type(column))) for column in columns),
        names=sql.SQL(", ").join(map(_name, columns)),
        key=_name(columns[0]),
    )
    with cursor() as raw:
        raw.execute(statement, [list(column) for column in zip(*values, strict=True)])


def insert(model: type[Model], rows: Iterable[Model], fields: Sequence[str]) -> None:
    """Adds rows by COPY, one after another; the other columns get the base's default. No keys come back, no signals."""
    meta = model._meta
    columns = [meta.get_field(name) for name in fields]
    statement = sql.SQL("COPY {table} ({names}) FROM STDIN").format(
        table=sql.Identifier(meta.db_table), names=sql.SQL(", ").join(map(_name, columns))
    )
    values = attrgetter(*(column.attname for column in columns))
    with cursor() as raw, raw.copy(statement) as copy:
        for row in rows:
            copy.write_row(values(row))


@contextmanager
def cursor() -> Iterator[psycopg.Cursor[Any]]:
    """The driver's own cursor on Django's connection: parameters go beside the statement. Errors are Django's."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as raw:
        yield raw


def _type(column: Any) -> str:
    found: str = column.rel_db_type(connection) if column.primary_key else column.db_type(connection)
    return found


def _name(column: Any) -> sql.Identifier:
    return sql.Identifier(column.column)
