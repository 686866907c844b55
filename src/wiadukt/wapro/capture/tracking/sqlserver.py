"""Change tracking of Microsoft SQL Server; every edition has it, also Express."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text

from wiadukt.wapro import tables as t
from wiadukt.wapro.capture.tracking import rows
from wiadukt.wapro.capture.watched import Watched

CURRENT = text("SELECT CHANGE_TRACKING_CURRENT_VERSION()")
# Who may not see a table's changes is told NULL for its oldest version.
STATE = text("""
SELECT CASE OBJECT_SCHEMA_NAME(object_id) WHEN 'dbo' THEN '' ELSE OBJECT_SCHEMA_NAME(object_id) + '.' END
    + OBJECT_NAME(object_id) AS tabela, begin_version, CHANGE_TRACKING_MIN_VALID_VERSION(object_id) AS najstarsza
FROM sys.change_tracking_tables
""")
BASE = text("""
SELECT CAST(retention_period AS int) AS ile, retention_period_units_desc AS czego, is_auto_cleanup_on AS sprzata
FROM sys.change_tracking_databases WHERE database_id = DB_ID()
""")
KEYS = text("""
SELECT OBJECT_NAME(i.object_id) AS tabela, c.name AS kolumna
FROM sys.indexes i JOIN sys.index_columns ic ON ic.object_id = i.object_id AND ic.index_id = i.index_id
JOIN sys.columns c ON c.object_id = ic.object_id AND c.column_id = ic.column_id
WHERE i.is_primary_key = 1 AND OBJECT_SCHEMA_NAME(i.object_id) = 'dbo'
ORDER BY i.object_id, ic.key_ordinal
""")
WORDS = rows.Words("[", "]", "+")


def changes(watched: Watched, keys: Sequence[str], columns: Sequence[str]) -> str:
    """Each row that changed after `:since`. An update of other columns than `columns` is none."""
    object_id, remembered = rows.columns_of(watched, WORDS)
    table = watched.table.name
    key = rows.key_of("c", keys, WORDS)
    same = " AND ".join(f"r.[{key}] = c.[{key}]" for key in keys)
    seen = "".join(
        f"\n    OR CHANGE_TRACKING_IS_COLUMN_IN_MASK("
        f"COLUMNPROPERTY(OBJECT_ID(N'dbo.{table}'), '{column}', 'ColumnId'), c.SYS_CHANGE_COLUMNS) = 1"
        for column in columns
    )
    return (
        "SET NOCOUNT ON;\nDECLARE @since bigint = CAST(:since AS bigint);\n"
        f"SELECT {key} AS klucz, CASE WHEN r.[{keys[0]}] IS NULL THEN 1 ELSE 0 END AS znikl,\n"
        f"    {object_id} AS id_obiektu, {remembered} AS pamietane\n"
        f"FROM CHANGETABLE(CHANGES dbo.[{table}], @since) AS c"
        f" LEFT JOIN dbo.[{table}] AS r ON {same}{rows.joined(watched, WORDS)}\n"
        f"WHERE c.SYS_CHANGE_OPERATION <> 'U' OR c.SYS_CHANGE_COLUMNS IS NULL{seen};"
    )


def filling(watched: Watched, keys: Sequence[str]) -> str:
    return rows.filling(watched, keys, WORDS)


def enabled(table: str) -> str:
    """Tracks a table, and notes that it was us; one that is tracked already stays as it is."""
    return (
        f"IF NOT EXISTS (SELECT 1 FROM sys.change_tracking_tables WHERE object_id = OBJECT_ID(N'dbo.{table}'))\nBEGIN\n"
        f"    ALTER TABLE dbo.[{table}] ENABLE CHANGE_TRACKING WITH (TRACK_COLUMNS_UPDATED = ON);\n"
        f"    {noted(table)}\nEND;"
    )


def disabled(table: str) -> str:
    return (
        f"IF EXISTS (SELECT 1 FROM sys.change_tracking_tables WHERE object_id = OBJECT_ID(N'dbo.{table}'))"
        f" ALTER TABLE dbo.[{table}] DISABLE CHANGE_TRACKING;"
    )


def noted(table: str) -> str:
    """Remembers that we switched it on."""
    ours = f"{t.OURS}.{t.bookmark.name}"
    return (
        f"UPDATE {ours} SET nasze = 1 WHERE tabela = '{table}';"
        f" IF @@ROWCOUNT = 0 INSERT INTO {ours} (tabela, nasze) VALUES ('{table}', 1);"
    )


def switched_on(days: int) -> str:
    return f"ALTER DATABASE CURRENT SET CHANGE_TRACKING = ON (CHANGE_RETENTION = {days} DAYS, AUTO_CLEANUP = ON);"


def kept_for(days: int) -> str:
    return f"ALTER DATABASE CURRENT SET CHANGE_TRACKING (CHANGE_RETENTION = {days} DAYS);"


def switched_off() -> str:
    return "ALTER DATABASE CURRENT SET CHANGE_TRACKING = OFF;"
