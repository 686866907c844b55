"""Capture taken away, as an update of WAPRO does, and put back."""

from __future__ import annotations

from tests.chaos.postgres import Server
from tests.chaos.processes import Keeper
from wiadukt.wapro import install
from wiadukt.wapro.capture.watched import WATCHED
from wiadukt.wapro.engine import opened

TABLES = sorted({watched.table.name for watched in WATCHED})
CONNECTORS = ("connector", "connector2")
SWITCHED_ON = r"""SELECT count(*) AS n FROM pg_trigger WHERE tgname LIKE 'wiadukt\_%' AND tgenabled IN ('O', 'A')"""


def harm(server: Server, how: str, share: float) -> str:
    """Drops or disables the triggers of one table, or of all when the share is 1."""
    tables = TABLES if share == 1 else [TABLES[int(share * len(TABLES))]]
    with server.connect("wapro") as connection:
        connection.execute("SET lock_timeout = '2s'")
        for table in tables:
            for event in ("insert", "update", "delete"):
                name = f"wiadukt_{event}"
                drop = f'DROP TRIGGER IF EXISTS {name} ON dbo."{table}"'
                there = connection.execute(
                    "SELECT 1 FROM pg_trigger WHERE tgname = %s AND tgrelid = %s::regclass", [name, f'dbo."{table}"']
                ).fetchone()
                if how == "drop" or there is None:
                    connection.execute(drop.encode())
                else:
                    connection.execute(f'ALTER TABLE dbo."{table}" DISABLE TRIGGER {name}'.encode())
    return f"{how} on {len(tables)} tables"


def install_by_hand(server: Server) -> None:
    """What the administrator does when the connector may not."""
    with opened(server.url("wapro")) as engine:
        install.install(engine)


def who_mends(keeper: Keeper, *, connector: bool) -> None:
    """A connector reads at its start whether it may put triggers back."""
    word = "true" if connector else "false"
    for name in CONNECTORS:
        part = keeper.parts[name]
        if part.env["WAPRO_MEND_CAPTURE"] != word:
            part.env["WAPRO_MEND_CAPTURE"] = word
            keeper.kill(name)


def switched_on(server: Server) -> int:
    """How many triggers of capture are at work."""
    count: int = server.rows("wapro", SWITCHED_ON)[0]["n"]
    return count
