"""Our schema and capture in WAPRO's base: put in, shown, taken out. Nothing of the vendor's is changed but triggers."""

from __future__ import annotations

from types import ModuleType

from sqlalchemy import Connection, Engine

from wiadukt.contract.errors import Misconfigured
from wiadukt.wapro import gaps
from wiadukt.wapro.capture import sweep, triggers
from wiadukt.wapro.engine import hold, is_sql_server, limit_waiting
from wiadukt.wapro.install import postgresql, sqlserver

DDL_LOCK_TIMEOUT_MS = 5_000
WAYS: dict[str, ModuleType] = {"triggers": triggers, "sweep": sweep}
"""The ways of capture, as `WAPRO_CAPTURE` names them; see `wiadukt.wapro.capture`."""
TRIGGERS = "triggers"


def script(conn: Connection, login: str = "", *, capture: str = TRIGGERS) -> str:
    """Exactly what `install` would run on this base, for the customer's administrator to read or to run himself."""
    found = _statements(conn, login, capture)
    if not is_sql_server(conn):
        return "\n".join(found)
    begin = f"SET XACT_ABORT ON;\nSET LOCK_TIMEOUT {DDL_LOCK_TIMEOUT_MS};\nBEGIN TRANSACTION;"
    return "\nGO\n".join([begin, *found, "COMMIT TRANSACTION;"]) + "\nGO\n"


def server(conn: Connection) -> ModuleType:
    """What is different on this base's server: `room`, `removal`."""
    return sqlserver if is_sql_server(conn) else postgresql


def install(engine: Engine, login: str = "", *, capture: str = TRIGGERS) -> None:
    """Makes or renews our schema and capture in one transaction; repeatable, and when it was cut off nothing is there.

    A `login` of SQL Server gets the rights of the connector and no others. What another way of capture put on WAPRO's
    tables goes.

    A renewal ends a gap, whether anybody had noticed it or not: capture may have been away while nobody looked.
    """
    with engine.begin() as conn:
        # A new trigger waits for the table's writers and holds up those behind it: rather give up than stop the ERP.
        limit_waiting(conn, DDL_LOCK_TIMEOUT_MS)
        hold(conn, "install")
        if not is_sql_server(conn):
            conn.exec_driver_sql("SET LOCAL client_min_messages = warning")
        renewal = gaps.can_be_noted(conn)
        raw = conn.connection.cursor()
        for statement in _statements(conn, login, capture):
            raw.execute(statement)
        raw.close()
        if renewal:
            gaps.begin(conn)
            gaps.end(conn)


def uninstall(engine: Engine) -> None:
    """Takes everything of ours out again; WAPRO's base is as before."""
    with engine.begin() as conn:
        limit_waiting(conn, DDL_LOCK_TIMEOUT_MS)
        for statement in removal(conn):
            conn.exec_driver_sql(statement)


def removal(conn: Connection) -> list[str]:
    """Exactly what `uninstall` would run on this base."""
    found = [statement for way in WAYS.values() for statement in way.taken_out(conn)]
    return [*found, *server(conn).removal(conn)]


def _statements(conn: Connection, login: str, capture: str) -> list[str]:
    base = server(conn)
    found: list[str] = base.room()
    for name, way in WAYS.items():
        found += way.put(conn) if name == capture else way.taken_out(conn)
    if login and not is_sql_server(conn):
        raise Misconfigured("--login", "rights are given on SQL Server only.", remedy="Leave it out.")
    return found + (sqlserver.rights(login) if login else [])
