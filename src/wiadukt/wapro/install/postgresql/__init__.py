"""Our room on PostgreSQL, where the demo's stand-in runs."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection


def room() -> list[str]:
    """Everything that makes or renews our schema, in order."""
    return [path.read_text() for path in sorted(Path(__file__).parent.glob("*.sql"))]


def removal(conn: Connection) -> list[str]:
    """What takes everything of ours out of this base."""
    return ["DROP SCHEMA IF EXISTS wiadukt CASCADE"]
