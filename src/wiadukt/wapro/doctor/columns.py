"""Every table and column that we read must be there."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Connection, MetaData, Table

from wiadukt.wapro import tables
from wiadukt.wapro.doctor.check import Finding
from wiadukt.wapro.engine import columns_there
from wiadukt.wapro.settings import Settings


def has_column(conn: Connection, table: str, name: str) -> bool:
    """Whether this base has a column that a setting names."""
    return bool(columns_there(conn, Table(table, MetaData(schema="dbo"), Column(name))))


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
    flag = settings.customer_flag.column
    if flag not in tables.contractor.c:
        found = has_column(conn, tables.contractor.name, flag)
        yield Finding(found, f"buyers by {settings.wapro_customer_flag}", "" if found else "Mend WAPRO_CUSTOMER_FLAG.")
    yield Finding(True, f"{len(tables.metadata.tables)} tables looked at")
