"""What this base does not give us: a table, a column, or the right to read it. Looked for before anything needs it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, false, select

from wiadukt.contract.errors import Misconfigured
from wiadukt.contract.status import BaseFault
from wiadukt.wapro import tables as t
from wiadukt.wapro.engine import columns_there, reading


def base_faults(engine: Engine) -> tuple[BaseFault, ...]:
    """Every fault, table by table; none costs one empty statement a table. Raises Unreachable."""
    try:
        with reading(engine) as conn:
            for table in t.metadata.sorted_tables:
                _touch(conn, table)
    except Misconfigured:
        return tuple(fault for table in t.metadata.sorted_tables for fault in _faults_of(engine, table))
    return ()


def lacking_columns(conn: Connection, table: Table) -> list[str] | None:
    """Columns that we need and this base's table has not; None when there is no such table."""
    there = columns_there(conn, table)
    return sorted(column.name for column in _needed(table) if column.name not in there) if there else None


def _touch(conn: Connection, table: Table) -> None:
    """Reads no row, and yet the server checks names and rights."""
    conn.execute(select(*_needed(table)).where(false()))


def _needed(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if column.name not in t.OPTIONAL.get(table.name, {})]


def _faults_of(engine: Engine, table: Table) -> Iterator[BaseFault]:
    try:
        with reading(engine) as conn:
            _touch(conn, table)
        return
    except Misconfigured:
        pass
    # Not by the server's words: they come in its own language.
    with reading(engine) as conn:
        lacking = lacking_columns(conn, table)
    if lacking is None:
        yield BaseFault(kind="table", name=table.name)
    elif lacking:
        yield from (BaseFault(kind="column", name=f"{table.name}.{name}") for name in lacking)
    else:
        yield BaseFault(kind="right", name=table.name)
