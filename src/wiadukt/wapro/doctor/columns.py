"""Every table and column that we read must be there."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from wiadukt.wapro import tables
from wiadukt.wapro.doctor.check import Finding
from wiadukt.wapro.engine import columns_there
from wiadukt.wapro.settings import Settings


def check_columns(conn: Connection, settings: Settings) -> Iterator[Finding]:
    for table in tables.metadata.sorted_tables:
        there = columns_there(conn, table)
        if not there:
            remedy = "Run 'wiadukt connector install'." if table.schema == "wiadukt" else "Is this a WAPRO Mag base?"
            yield Finding(False, f"table {table.schema}.{table.name} is missing", remedy)
            continue
        optional = tables.OPTIONAL.get(table.name, {})
        lacking = sorted(column.name for column in table.columns if column.name not in {*there, *optional})
        if lacking:
            yield Finding(False, f"{table.name} lacks {', '.join(lacking)}", "This version of WAPRO is not known yet.")
    yield Finding(True, f"{len(tables.metadata.tables)} tables looked at")
