"""Our schema and capture in WAPRO's base: put in, shown, taken out. Nothing of the vendor's is changed but triggers."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, text

from wiadukt.wapro import gaps

SCRIPTS = Path(__file__).parent / "postgresql"
LOCK = 7_302
_TRIGGERS = """
SELECT format('DROP TRIGGER %I ON %I.%I', t.tgname, n.nspname, c.relname)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE t.tgname LIKE 'wiadukt\\_%' AND n.nspname = 'dbo'
"""


def script() -> str:
    """Everything `install` would run, for the customer's administrator to read."""
    return "\n".join(path.read_text() for path in sorted(SCRIPTS.glob("*.sql")))


def install(engine: Engine) -> None:
    """Makes or renews our schema and capture in one transaction; repeatable.

    A renewal ends a gap, whether anybody had noticed it or not: capture may have been away while nobody looked.
    """
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        raw = connection.connection.cursor()
        raw.execute("SET LOCAL client_min_messages = warning")
        # A new trigger waits for the table's writers and holds up those behind it: rather give up than stop the ERP.
        raw.execute("SET LOCAL lock_timeout = '5s'")
        renewal = gaps.can_be_noted(connection)
        raw.execute(script().encode())
        if renewal:
            gaps.begin(connection)
            gaps.end(connection)


def uninstall(engine: Engine) -> None:
    """Takes everything of ours out again; WAPRO's base is as before."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '5s'"))
        for drop in connection.execute(text(_TRIGGERS)).scalars().all():
            connection.execute(text(drop))
        connection.execute(text("DROP SCHEMA IF EXISTS wiadukt CASCADE"))
