"""Every table and column that we read must be there."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Connection, MetaData, Table

from wiadukt.contract.checkup import Finding
from wiadukt.wapro import tables
from wiadukt.wapro.doctor.words import said as _
from wiadukt.wapro.engine import columns_there
from wiadukt.wapro.faults import lacking_columns
from wiadukt.wapro.settings import Settings


def has_column(conn: Connection, table: str, name: str) -> bool:
    """Whether this base has a column that a setting names."""
    return bool(columns_there(conn, Table(table, MetaData(schema="dbo"), Column(name))))


def check_tables(conn: Connection, settings: Settings) -> Iterator[Finding]:
    for table in tables.metadata.sorted_tables:
        if lacking_columns(conn, table) is None:
            ours, foreign = _("Run 'wiadukt connector install'."), _("Is this a WAPRO Mag base?")
            what = _("table {schema}.{name} is missing", schema=table.schema, name=table.name)
            yield Finding(False, what, ours if table.schema == "wiadukt" else foreign)
    yield Finding(True, _("{n} tables looked at", n=len(tables.metadata.tables)))


def check_columns(conn: Connection, settings: Settings) -> Iterator[Finding]:
    """Of the tables that are there."""
    for table in tables.metadata.sorted_tables:
        lacking = lacking_columns(conn, table)
        if lacking:
            what = _("{name} lacks {names}", name=table.name, names=", ".join(lacking))
            yield Finding(False, what, _("This version of WAPRO is not known yet."))
    flag = settings.customer_flag.column
    if flag not in tables.contractor.c:
        found = has_column(conn, tables.contractor.name, flag)
        what = _("buyers by {flag}", flag=settings.wapro_customer_flag)
        yield Finding(found, what, "" if found else _("Mend WAPRO_CUSTOMER_FLAG."))
    flag = settings.article_flag.column
    if flag not in tables.article.c:
        found = has_column(conn, tables.article.name, flag)
        what = _("articles by {flag}", flag=settings.wapro_article_flag)
        yield Finding(found, what, "" if found else _("Mend WAPRO_ARTICLE_FLAG."))
    yield Finding(True, _("{n} columns looked at", n=sum(len(one.columns) for one in tables.metadata.tables.values())))
