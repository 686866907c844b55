"""A new row that numbers itself, and its number, in the words of the server.

On SQL Server OUTPUT without INTO fails on a table that has a trigger (error 334), and ours have one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, Table, insert, text

from wiadukt.wapro.engine import is_sql_server


def new_row(conn: Connection, table: Table, key: Column[Any], values: Mapping[str, Any]) -> int:
    """The key that the base gave the row."""
    if is_sql_server(conn):
        return int(conn.execute(text(batch(table, values)), dict(values)).scalar_one())
    return int(conn.execute(insert(table).values(**values).returning(key)).scalar_one())


def batch(table: Table, values: Mapping[str, Any]) -> str:
    """The T-SQL; a value is named as its column."""
    columns = ", ".join(f"[{name}]" for name in values)
    marks = ", ".join(f":{name}" for name in values)
    return (
        f"SET NOCOUNT ON;\nINSERT INTO dbo.[{table.name}] ({columns}) VALUES ({marks});\n"
        "SELECT CAST(SCOPE_IDENTITY() AS numeric(18, 0)) AS id;"
    )
