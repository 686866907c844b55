"""Triggers on WAPRO's tables: a change is announced by its own transaction.

They need nobody to run; what works here watches that they are on, since an update of WAPRO drops foreign triggers, and
then nothing is announced any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

from sqlalchemy import Connection

from wiadukt.wapro.capture.port import Capture
from wiadukt.wapro.capture.triggers import postgresql, sqlserver
from wiadukt.wapro.engine import is_sql_server
from wiadukt.wapro.settings import CardFlag


class Triggers(Capture):
    """Looks every `capture_check_s` seconds whether all triggers are on."""

    @property
    def pause_s(self) -> float:
        return self.settings.capture_check_s

    def step(self) -> int:
        self.look()
        return 0

    def lacking(self, conn: Connection) -> str:
        return lacking(conn)


def server(conn: Connection) -> ModuleType:
    """What is different on this base's server: `readable`, `triggers`, `expected`, `switched_on`, `outdated`,
    `taken_out`."""
    return sqlserver if is_sql_server(conn) else postgresql


def put(conn: Connection, flag: CardFlag, ksef: Sequence[str] = (), goods: str = "") -> list[str]:
    """What makes or renews every trigger on this base. Raises Misconfigured where a table is missing."""
    side = server(conn)
    found: list[str] = side.triggers(side.readable(conn), flag, ksef, goods)
    return found


def taken_out(conn: Connection) -> list[str]:
    """What takes every trigger of ours out of this base."""
    found: list[str] = server(conn).taken_out(conn)
    return found


def uncaptured(conn: Connection) -> list[str]:
    """Which tables have a trigger of ours missing or disabled."""
    side = server(conn)
    return sorted({table for table, _trigger in side.expected() - side.switched_on(conn)})


def outdated(conn: Connection) -> str:
    """Which triggers name columns that an update of WAPRO took away, in words; empty when none does."""
    found: dict[str, list[str]] = server(conn).outdated(conn)
    return "; ".join(f"{table} ({', '.join(gone)})" for table, gone in found.items())


def lacking(conn: Connection) -> str:
    """What is wrong with them, in words that the shop shows to people; empty when nothing is."""
    said = []
    if tables := uncaptured(conn):
        said.append(f"Brak wyzwalaczy na tabelach: {', '.join(tables)}.")
    if old := outdated(conn):
        said.append(f"Biuro nie zapisze nic w tabelach, których wyzwalacze wymieniają usunięte kolumny: {old}.")
    return " ".join(said)
