"""Our room on Microsoft SQL Server 2016 and later, where a real WAPRO base lives."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from wiadukt.wapro import tables as t
from wiadukt.wapro.install.sqlserver import rights

# A trigger keeps the settings of the session that made it; under others it could not write everywhere.
SESSION = "SET ANSI_NULLS ON;\nSET QUOTED_IDENTIFIER ON;"


def room() -> list[str]:
    """Everything that makes or renews our schema, in order."""
    found = [SESSION]
    for path in sorted(Path(__file__).parent.glob("*.sql")):
        found += [batch.strip() for batch in path.read_text(encoding="utf-8").split("\nGO\n") if batch.strip()]
    return found


def removal(conn: Connection) -> list[str]:
    """What takes everything of ours out of this base; the server's login stays, for it is not the base's."""
    ours = [table.name for table in t.metadata.tables.values() if table.schema == t.OURS]
    return [
        *rights.taken_back(conn),
        *(f"IF OBJECT_ID(N'{t.OURS}.{table}') IS NOT NULL DROP TABLE {t.OURS}.[{table}];" for table in ours),
        "IF OBJECT_ID(N'wiadukt.kolejka_id') IS NOT NULL DROP SEQUENCE wiadukt.kolejka_id;",
        *rights.roles_dropped(),
        "IF SCHEMA_ID(N'wiadukt') IS NOT NULL EXEC (N'DROP SCHEMA wiadukt');",
    ]
