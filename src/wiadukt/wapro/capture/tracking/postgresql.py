"""Change tracking of the demo's stand-in, which keeps SQL Server's rules (`demo/erp/postgresql`)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text

from wiadukt.wapro import tables as t
from wiadukt.wapro.capture.tracking import rows
from wiadukt.wapro.capture.watched import Watched

CURRENT = text("SELECT change_tracking.current_version()")
STATE = text("SELECT name, begin_version, min_valid_version FROM change_tracking.tracked")
BASE = text("SELECT days, 'DAYS', 1 FROM change_tracking.base")
KEYS = text("""
SELECT c.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
WHERE i.indisprimary AND n.nspname = 'dbo' ORDER BY c.relname, a.attnum
""")
WORDS = rows.Words('"', '"', "||")


def changes(watched: Watched, keys: Sequence[str], columns: Sequence[str]) -> str:
    """Each row that changed after `:since`. An update of other columns than `columns` is none."""
    object_id, remembered = rows.columns_of(watched, WORDS)
    table = watched.table.name
    key = rows.key_of("r", keys, WORDS)
    seen = ", ".join(f"'{column}'" for column in columns)
    return (
        f'SELECT c.key AS klucz, CASE WHEN r."{keys[0]}" IS NULL THEN 1 ELSE 0 END AS znikl,\n'
        f"    {object_id} AS id_obiektu, {remembered} AS pamietane\n"
        f"FROM change_tracking.changes('{table}', CAST(:since AS bigint)) AS c"
        f' LEFT JOIN dbo."{table}" AS r ON {key} = c.key{rows.joined(watched, WORDS)}\n'
        f"WHERE c.operation <> 'U' OR c.columns IS NULL OR c.columns && CAST(ARRAY[{seen}] AS text[])"
    )


def filling(watched: Watched, keys: Sequence[str]) -> str:
    return rows.filling(watched, keys, WORDS)


def enabled(table: str) -> str:
    """Tracks a table, and notes that it was us; one that is tracked already stays as it is."""
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM change_tracking.tracked WHERE name = '{table}') THEN\n"
        f"    PERFORM change_tracking.enable('{table}');\n    {noted(table)}\nEND IF; END $$;"
    )


def disabled(table: str) -> str:
    return f"SELECT change_tracking.disable(name) FROM change_tracking.tracked WHERE name = '{table}';"


def noted(table: str) -> str:
    """Remembers that we switched it on."""
    return (
        f"INSERT INTO {t.OURS}.{t.bookmark.name} (tabela, nasze) VALUES ('{table}', 1)"
        " ON CONFLICT (tabela) DO UPDATE SET nasze = 1;"
    )


def switched_on(days: int) -> str:
    return f"SELECT change_tracking.switch_on({days});"


def kept_for(days: int) -> str:
    return switched_on(days)


def switched_off() -> str:
    return "SELECT change_tracking.switch_off();"
