"""Makes the stand-in's tables and procedures."""

from __future__ import annotations

from pathlib import Path

import psycopg

SCHEMA = Path(__file__).parent / "schema"
LOCK = 8_101


def install(url: str) -> None:
    """All of it in one transaction, or nothing; an installed base is left alone. `url` is libpq's."""
    with psycopg.connect(url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if connection.execute("SELECT to_regclass('dbo.\"ROZLICZENIE\"')").fetchone() != (None,):
            return
        for script in sorted(SCHEMA.glob("*.sql")):
            connection.execute(script.read_text().encode())
