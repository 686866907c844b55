"""Brings production's base to this version: numbered SQL files, each in a transaction of its own, recorded."""

from __future__ import annotations

from importlib import resources

import psycopg

LOCK_KEY = 0x77_69_61_64_70_72  # 'wiadpr': one migration at a time over all processes
LIMITS = "SET LOCAL lock_timeout = '10s'; SET LOCAL statement_timeout = '10min'"


def migrate(database_url: str) -> list[str]:
    """The names applied now, in order; empty when the base was there already. Safe to run at once from many."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK_KEY])
        connection.execute(
            "CREATE TABLE IF NOT EXISTS schema_migration"
            " (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
        )
        names = _pending(connection)
        for name in names:
            with connection.transaction():
                connection.execute(LIMITS)
                connection.execute(_text(name).encode())
                connection.execute("INSERT INTO schema_migration (name) VALUES (%s)", [name])
        return names


def pending(database_url: str) -> list[str]:
    """The names not yet applied, in order; nothing is changed."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        known = connection.execute("SELECT to_regclass('schema_migration')").fetchone()
        return _pending(connection) if known and known[0] else _known_names()


def _pending(connection: psycopg.Connection) -> list[str]:
    applied = {name for (name,) in connection.execute("SELECT name FROM schema_migration")}
    return [name for name in _known_names() if name not in applied]


def _known_names() -> list[str]:
    folder = resources.files("wiadukt.production.migrations")
    return sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql"))


def _text(name: str) -> str:
    return resources.files("wiadukt.production.migrations").joinpath(name).read_text(encoding="utf-8")
