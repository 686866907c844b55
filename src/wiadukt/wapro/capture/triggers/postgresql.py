"""Triggers on PostgreSQL, where the demo's stand-in runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Table, text

from wiadukt.wapro.capture.watched import WATCHED, Watched, columns_of, quoted, watched_with
from wiadukt.wapro.flag import in_trigger
from wiadukt.wapro.settings import CardFlag

EVENTS = {
    "insert": "NEW TABLE AS nowe",
    "update": "NEW TABLE AS nowe OLD TABLE AS stare",
    "delete": "OLD TABLE AS stare",
}
# Each only appends to the queue, a row for every object, old and new owner alike: it updates none, so it waits for
# nobody. What fails here must not fail WAPRO's own work. SECURITY DEFINER: WAPRO's users need no rights to our schema.
_TRIGGER = """
CREATE OR REPLACE FUNCTION wiadukt."zmiana_{name}_{event}"() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO wiadukt.kolejka (rodzaj, id_obiektu)
    SELECT DISTINCT '{kind}', ids.id FROM (SELECT ({object_id})::text AS id FROM {source} WHERE {condition}) AS ids
    WHERE ids.id IS NOT NULL AND ids.id NOT IN ('', '0');
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'wiadukt: zmiana nie trafiła do kolejki: %', SQLERRM;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER wiadukt{aside}_{event} AFTER {when} ON dbo."{table}" REFERENCING {rows} FOR EACH STATEMENT
    EXECUTE FUNCTION wiadukt."zmiana_{name}_{event}"();
"""
_NEW_IN_SHOP = """
CREATE OR REPLACE TRIGGER wiadukt_nowy_w_sklepie AFTER UPDATE OF "{column}" ON dbo."KONTRAHENT" FOR EACH ROW
WHEN (({new}) AND ({old}) IS NOT TRUE) EXECUTE FUNCTION wiadukt.nowy_w_sklepie();
"""
_TRIGGERS = text(r"""
SELECT c.relname, t.tgname, t.tgenabled IN ('O', 'A') FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'dbo' AND t.tgname LIKE 'wiadukt\_%'
""")


readable = columns_of
"""Tells which of our columns a table of this base has for a trigger to read."""


def triggers(
    there: Callable[[Table], set[str] | None], flag: CardFlag, ksef: Sequence[str] = (), goods: str = ""
) -> list[str]:
    """Everything that makes or renews capture. `there` tells which columns a table of this base has."""
    new, old = (in_trigger(flag, row, '"', '"') for row in ("NEW", "OLD"))
    entering = _NEW_IN_SHOP.format(column=flag.column, new=new, old=old)
    return [*(_triggers_of(watched, there(watched.table)) for watched in watched_with(flag, ksef, goods)), entering]


def _triggers_of(watched: Watched, there: set[str] | None) -> str:
    """A function a trigger, so that the server plans its one statement once a session and not at every change."""
    columns = quoted(", ".join(watched.columns(there)), '"', '"')
    sources = {
        "insert": "nowe",
        # A card that was opened and closed again is no change.
        "update": f"((SELECT {columns} FROM nowe EXCEPT SELECT {columns} FROM stare)"
        f" UNION ALL (SELECT {columns} FROM stare EXCEPT SELECT {columns} FROM nowe))",
        "delete": "stare",
    }
    joined = ""
    if watched.joined:
        alias, table, by = watched.joined
        joined = f' LEFT JOIN dbo."{table}" {alias} ON {quoted(by, chr(34), chr(34))}'
    return "".join(
        _TRIGGER.format(
            event=event,
            when=event.upper(),
            table=watched.table.name,
            name=watched.name,
            aside=watched.aside,
            kind=watched.kind,
            object_id=quoted(watched.object_id, '"', '"'),
            source=sources[event] + " AS r" + joined,
            condition=quoted(watched.condition or "true", '"', '"'),
            rows=rows,
        )
        for event, rows in EVENTS.items()
    )


def expected() -> set[tuple[str, str]]:
    """(table, trigger) of all capture."""
    triggers = {(watched.table.name, f"wiadukt{watched.aside}_{event}") for watched in WATCHED for event in EVENTS}
    return triggers | {("KONTRAHENT", "wiadukt_nowy_w_sklepie")}


def switched_on(conn: Connection) -> set[tuple[str, str]]:
    """(table, trigger) of what is there and not disabled."""
    return {(table, trigger) for table, trigger, on in conn.execute(_TRIGGERS) if on}


def outdated(conn: Connection) -> dict[str, list[str]]:
    """None that would hurt: what fails in a trigger here it catches itself."""
    return {}


def taken_out(conn: Connection) -> list[str]:
    """What takes capture out of this base."""
    return [f'DROP TRIGGER "{trigger}" ON dbo."{table}"' for table, trigger, _on in conn.execute(_TRIGGERS)]
