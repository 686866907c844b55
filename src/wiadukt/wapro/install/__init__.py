"""Our schema and capture in WAPRO's base: put in, shown, taken out. Nothing of the vendor's is changed but triggers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType

from sqlalchemy import Connection, Engine

from wiadukt.contract.errors import Misconfigured
from wiadukt.contract.status import Writable
from wiadukt.wapro import gaps
from wiadukt.wapro.capture import sweep, tracking, triggers
from wiadukt.wapro.engine import hold, is_sql_server, reading, translated, writing
from wiadukt.wapro.install import postgresql, sqlserver
from wiadukt.wapro.install.sqlserver.rights import Login
from wiadukt.wapro.settings import CardFlag, Settings

DDL_LOCK_TIMEOUT_MS = 5_000
WAYS: dict[str, ModuleType] = {"triggers": triggers, "change_tracking": tracking, "sweep": sweep}
"""The ways of capture, as `WAPRO_CAPTURE` names them; see `wiadukt.wapro.capture`."""
TRIGGERS, TRACKING = "triggers", "change_tracking"
# sqlcmd and Management Studio go on with the next batch when one has failed, outside the transaction that it took back.
_OR_NOTHING = "IF @@ERROR <> 0 SET NOEXEC ON;"
_TO_THE_END = "SET NOEXEC OFF;\nIF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;"
DEFAULT_FLAG = CardFlag("DOSTEPNY_W_B2B")


@dataclass(frozen=True)
class Choices:
    """What the connector's settings decide: who is a buyer, which tables of WAPRO we may write, for how many days
    change tracking remembers, and which columns tell of KSeF and choose the goods."""

    flag: CardFlag = DEFAULT_FLAG
    writes: tuple[Writable, ...] = ()
    keep_days: int = 7
    ksef: tuple[str, ...] = ()
    goods: str = ""

    @classmethod
    def of(cls, settings: Settings) -> Choices:
        return cls(
            settings.customer_flag,
            settings.writes,
            settings.wapro_tracking_days,
            ksef=settings.ksef_columns,
            goods=settings.article_flag.column,
        )


BY_DEFAULT = Choices()


def script(
    conn: Connection, login: Login | None = None, *, capture: str = TRIGGERS, choices: Choices = BY_DEFAULT
) -> str:
    """Exactly what `install` would run on this base, for the customer's administrator to read or to run himself; only
    the password of a login that is to be made is not shown."""
    last = _statements(conn, login, capture, choices, shown=True)
    if capture == TRACKING:
        return _said(conn, _room(conn), tracking.opened(conn, choices.keep_days), last)
    return _said(conn, [], [], last, tracking.closed(conn))


def server(conn: Connection) -> ModuleType:
    """What is different on this base's server: `room`, `removal`."""
    return sqlserver if is_sql_server(conn) else postgresql


def install(
    engine: Engine, login: Login | None = None, *, capture: str = TRIGGERS, choices: Choices = BY_DEFAULT
) -> None:
    """Makes or renews our schema and capture in one transaction; repeatable, and when it was cut off nothing is there.

    With change tracking the base's own switch goes before, for no transaction may hold it: when that was cut off, our
    schema is there and says what we switched on; installing again goes on from there.

    A `login` of SQL Server gets the rights of the connector and no others; see `sqlserver.rights`. What another way of
    capture put on WAPRO's tables goes.

    A renewal ends a gap, whether anybody had noticed it or not: capture may have been away while nobody looked.
    Raises Unreachable, also when a table is busy for 5 s, and Misconfigured.
    """
    with reading(engine) as conn:
        renewal = gaps.can_be_noted(conn)
    if capture == TRACKING:
        with _changing(engine) as conn:
            _run(conn, _room(conn))
            opened = tracking.opened(conn, choices.keep_days)
        _run_alone(engine, opened)
    with _changing(engine) as conn:
        _run(conn, _statements(conn, login, capture, choices))
        if renewal:
            gaps.begin(conn)
            gaps.end(conn)
        closed = [] if capture == TRACKING else tracking.closed(conn)
    _run_alone(engine, closed)


def uninstall(engine: Engine) -> None:
    """Takes everything of ours out again; WAPRO's base is as before."""
    with _changing(engine) as conn:
        closed = tracking.closed(conn)
        _run(conn, _off_the_tables(conn))
    _run_alone(engine, closed)
    with _changing(engine) as conn:
        _run(conn, server(conn).removal(conn))


def removal(conn: Connection) -> str:
    """Exactly what `uninstall` would run on this base."""
    return _said(conn, _off_the_tables(conn), tracking.closed(conn), server(conn).removal(conn))


def _off_the_tables(conn: Connection) -> list[str]:
    return [statement for way in WAYS.values() for statement in way.taken_out(conn)]


def _room(conn: Connection) -> list[str]:
    return [*server(conn).room(), *tracking.opening(conn)]


def _statements(
    conn: Connection, login: Login | None, capture: str, choices: Choices, *, shown: bool = False
) -> list[str]:
    base = server(conn)
    found: list[str] = base.room()
    for name, way in WAYS.items():
        found += way.put(conn, choices.flag, choices.ksef, choices.goods) if name == capture else way.taken_out(conn)
    if login is None:
        return found
    if not is_sql_server(conn):
        raise Misconfigured("--login", "rights are given on SQL Server only.", remedy="Leave it out.")
    given = sqlserver.rights.rights(login, choices.writes, tracks=capture == TRACKING)
    return [*found, *sqlserver.rights.made(conn, login, shown=shown), *given]


@contextmanager
def _changing(engine: Engine) -> Iterator[Connection]:
    # A new trigger waits for the table's writers and holds up those behind it: rather give up than stop the ERP.
    with writing(engine, DDL_LOCK_TIMEOUT_MS) as conn:
        hold(conn, "install")
        if not is_sql_server(conn):
            conn.exec_driver_sql("SET LOCAL client_min_messages = warning")
        yield conn


def _run(conn: Connection, statements: list[str]) -> None:
    for statement in statements:
        conn.exec_driver_sql(statement, execution_options={"no_parameters": True})


def _run_alone(engine: Engine, statements: list[str]) -> None:
    """Each statement outside any transaction."""
    if statements:
        with translated(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            _run(conn, statements)


def _said(conn: Connection, *parts: list[str]) -> str:
    """First, third, ... part in a transaction of its own, the others outside any; nothing more after what failed."""
    if not is_sql_server(conn):
        return "\n".join(statement.strip().removesuffix(";") + ";" for part in parts for statement in part)
    found = []
    for place, part in enumerate(parts):
        if part and place % 2 == 0:
            found += [f"SET XACT_ABORT ON;\nSET LOCK_TIMEOUT {DDL_LOCK_TIMEOUT_MS};\nBEGIN TRANSACTION;", *part]
            found += ["COMMIT TRANSACTION;"]
        else:
            found += part
    batches = [batch for statement in found for batch in (statement, _OR_NOTHING)]
    return "\nGO\n".join([*batches, _TO_THE_END]) + "\nGO\n"
