"""Triggers on PostgreSQL, where the demo's stand-in runs."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Table, text

from wiadukt.wapro.capture.watched import WATCHED, Watched, quoted

EVENTS = {
    "insert": "NEW TABLE AS nowe",
    "update": "NEW TABLE AS nowe OLD TABLE AS stare",
    "delete": "OLD TABLE AS stare",
}
_NEW_IN_SHOP = """
CREATE OR REPLACE TRIGGER wiadukt_nowy_w_sklepie AFTER UPDATE OF "DOSTEPNY_W_B2B" ON dbo."KONTRAHENT" FOR EACH ROW
WHEN (NEW."DOSTEPNY_W_B2B" = 1 AND OLD."DOSTEPNY_W_B2B" IS DISTINCT FROM 1) EXECUTE FUNCTION wiadukt.nowy_w_sklepie();
"""
_TRIGGERS = text(r"""
SELECT c.relname, t.tgname, t.tgenabled IN ('O', 'A') FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'dbo' AND t.tgname LIKE 'wiadukt\_%'
""")


def triggers(there: Callable[[Table], set[str] | None]) -> list[str]:
    """Everything that makes or renews capture. `there` tells which columns a table of this base has."""
    return [*(_triggers_of(watched, there(watched.table)) for watched in WATCHED), _NEW_IN_SHOP]


def _triggers_of(watched: Watched, there: set[str] | None) -> str:
    def literal(expression: str) -> str:
        return "'" + quoted(expression, '"', '"').replace("'", "''") + "'"

    joined = ""
    if watched.joined:
        alias, table, condition = watched.joined
        joined = f"left join dbo.{table} {alias} on {condition}"
    more = f"{joined} where {watched.condition}" if watched.condition else joined
    arguments = (
        f"'{watched.kind}', {literal(f'({watched.object_id})::text')}, {literal(more)},"
        f" {literal(', '.join(watched.columns(there)))}"
    )
    return "".join(
        f'CREATE OR REPLACE TRIGGER wiadukt_{event} AFTER {event.upper()} ON dbo."{watched.table.name}"'
        f" REFERENCING {rows} FOR EACH STATEMENT\n    EXECUTE FUNCTION wiadukt.zmiana({arguments});\n"
        for event, rows in EVENTS.items()
    )


def expected() -> set[tuple[str, str]]:
    """(table, trigger) of all capture."""
    triggers = {(watched.table.name, f"wiadukt_{event}") for watched in WATCHED for event in EVENTS}
    return triggers | {("KONTRAHENT", "wiadukt_nowy_w_sklepie")}


def switched_on(conn: Connection) -> set[tuple[str, str]]:
    """(table, trigger) of what is there and not disabled."""
    return {(table, trigger) for table, trigger, on in conn.execute(_TRIGGERS) if on}


def taken_out(conn: Connection) -> list[str]:
    """What takes capture out of this base."""
    return [f'DROP TRIGGER "{trigger}" ON dbo."{table}"' for table, trigger, _on in conn.execute(_TRIGGERS)]
