"""The connection to WAPRO's base: the one place where a driver's errors become ours.

A real base is on Microsoft SQL Server, the demo's stand-in on PostgreSQL. What the two do differently is here, in
`moments`, in the claim of `queue`, in `write/call_*` and in `install/*`, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Table, create_engine, event, inspect, make_url, select, text
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from wiadukt.contract.errors import Misconfigured, Unreachable, WiaduktError
from wiadukt.wapro.moments import now

CONNECT_TIMEOUT_S = 5
READ_LOCK_TIMEOUT_MS = 3_000
WRITE_LOCK_TIMEOUT_MS = 10_000
HELD = "wiadukt_held"
SNAPSHOT_ALLOWED = text("SELECT snapshot_isolation_state FROM sys.databases WHERE database_id = DB_ID()")
# After an error the whole transaction goes, never half of it; and in a deadlock we give way, not the office.
SESSION = "SET XACT_ABORT ON; SET DEADLOCK_PRIORITY LOW;"
COLUMNS = text("SELECT name FROM sys.columns WHERE object_id = OBJECT_ID(:table)")
APPLOCK = text("""
SET NOCOUNT ON;
-- Such a lock needs a transaction, and the driver's begins with the first table that is read.
DECLARE @begun int;
SELECT @begun = COUNT(*) FROM sys.schemas WHERE 1 = 0;
DECLARE @rc int, @name nvarchar(255) = CAST(:name AS nvarchar(255));
EXEC @rc = sp_getapplock @Resource = @name, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = 10000;
SELECT @rc AS rc;
""")
# A lock of the transaction is there as long as the transaction is.
STILL_HELD = text("SELECT APPLOCK_MODE('public', CAST(:name AS nvarchar(255)), 'Transaction') AS mode")
ADVISORY = text("SELECT pg_advisory_xact_lock(7303, hashtext(:name))")
# Who waits for nobody: rows that a transaction holds are passed over; rows only, and so locks are by row. Refused in a
# snapshot, which waits for nobody by itself; and where READ_COMMITTED_SNAPSHOT is on, READPAST is refused unless
# READCOMMITTEDLOCK stands beside.
PASSING_OVER = "WITH (ROWLOCK, READPAST, READCOMMITTEDLOCK)"
# What a server says to a statement that may simply be tried again: a lock that was not had in time, a deadlock, a
# snapshot overtaken by another's change, of rows or of a table.
_PASSING = (
    "Lock request time out",
    "deadlock",
    "lock timeout",
    "Snapshot isolation transaction aborted",
    "Snapshot isolation transaction failed",
)

_columns: WeakKeyDictionary[Engine, dict[Table, set[str]]] = WeakKeyDictionary()
_snapshots: WeakKeyDictionary[Engine, bool] = WeakKeyDictionary()


def make_engine(url: str) -> Engine:
    """An engine from `mssql+mssqlpython://user:password@host:1433/base` or, for the stand-in, from libpq's URL."""
    common: dict[str, Any] = {
        "pool_size": 5,
        "max_overflow": 10,
        "pool_timeout": 10,
        "hide_parameters": True,  # an error's text must carry no names or addresses into a log
        "pool_pre_ping": True,
    }
    if not make_url(url).drivername.startswith("mssql"):
        postgresql = {
            "connect_timeout": CONNECT_TIMEOUT_S,
            "application_name": "wiadukt",
            # A plan made for the empty queue of a quiet night would be kept for the thousand rows of the morning.
            "prepare_threshold": None,
        }
        return create_engine(
            url.replace("postgresql://", "postgresql+psycopg://", 1), connect_args=postgresql, **common
        )
    engine = create_engine(url, **common)
    event.listen(engine, "connect", _session_of_sql_server)
    return engine


def _session_of_sql_server(raw: Any, _record: Any) -> None:
    cursor = raw.cursor()
    cursor.execute(SESSION)
    cursor.close()
    raw.commit()


def is_sql_server(bind: Connection | Engine) -> bool:
    return bind.dialect.name == "mssql"


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """An engine for one command; its connections are closed at the end."""
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One snapshot: everything read inside is of the same moment. Never holds up the office.

    On SQL Server that needs a base which allows snapshot isolation; where it does not, single statements are consistent
    and `read.steady` sees to a fetch. Raises Unreachable, Misconfigured.
    """
    with translated(), engine.connect() as plain:
        if is_sql_server(engine):
            snapshot = plain
        else:
            snapshot = plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with snapshot.begin():
            if is_sql_server(engine):
                level = "SNAPSHOT" if allows_snapshots(engine) else "READ COMMITTED"
                _begin(snapshot, level, READ_LOCK_TIMEOUT_MS)
            # Before anything is read: an object may be newer than its snapshot's name, and never older.
            note_moment(snapshot)
            yield snapshot


def note_moment(conn: Connection) -> None:
    """What is read from now on is at least as young as this."""
    conn.info["wiadukt_read_at"] = conn.execute(select(now())).scalar_one()


def read_at(conn: Connection) -> datetime:
    """When the snapshot of `reading` began, on the base's clock."""
    moment: datetime = conn.info["wiadukt_read_at"]
    return moment


def allows_snapshots(engine: Engine) -> bool:
    """Whether this SQL Server base lets a reader see one moment without locks; asked once for each engine."""
    known = _snapshots.get(engine)
    if known is None:
        with engine.connect() as conn:
            known = _snapshots[engine] = conn.execute(SNAPSHOT_ALLOWED).scalar() == 1
    return known


def sees_one_moment(conn: Connection) -> bool:
    """Whether a reader here sees what was committed at one moment, and so waits for nobody."""
    return not is_sql_server(conn) or allows_snapshots(conn.engine)


def columns_there(conn: Connection, table: Table) -> set[str]:
    """The columns of ours that this base's table has; none when there is no such table.

    SQL Server takes a name in any letters, and so do we.
    """
    if is_sql_server(conn):
        found = list(conn.execute(COLUMNS, {"table": f"{table.schema}.{table.name}"}).scalars())
    else:
        looker = inspect(conn)
        there = looker.has_table(table.name, schema=table.schema)
        found = [column["name"] for column in looker.get_columns(table.name, schema=table.schema)] if there else []
    names = {name.upper() for name in found}
    return {column.name for column in table.columns if column.name.upper() in names}


def known_columns(conn: Connection, table: Table) -> set[str]:
    """The same, asked once for each engine: what every fetch needs to know."""
    tables = _columns.setdefault(conn.engine, {})
    if table not in tables:
        tables[table] = columns_there(conn, table)
    return tables[table]


@contextmanager
def writing(engine: Engine, lock_timeout_ms: int = WRITE_LOCK_TIMEOUT_MS) -> Iterator[Connection]:
    """One transaction, all or nothing; waits for a lock no longer than 10 s. Raises Unreachable, Misconfigured."""
    with translated(), engine.begin() as connection:
        _limit_waiting(connection, lock_timeout_ms)
        connection.info.pop(HELD, None)
        try:
            yield connection
            _must_be_whole(connection)
        except WiaduktError:
            _take_back(connection)
            raise


def _must_be_whole(connection: Connection) -> None:
    """Raises Unreachable when the transaction ended on the way and another one stands in its place.

    SQL Server takes a whole transaction back for one error; the driver keeps to itself what went wrong while it asked
    for a parameter's type, and what follows would be committed without what went before.
    """
    name = connection.info.get(HELD)
    if name is not None and connection.execute(STILL_HELD, {"name": name}).scalar_one() != "Exclusive":
        raise Unreachable("WAPRO's base took the transaction back on the way: nothing of it was written.")


def _take_back(connection: Connection) -> None:
    """Why we stopped is what the caller must hear: not that a transaction can't be ended which has ended already."""
    transaction = connection.get_transaction()
    try:
        if transaction is not None:
            transaction.rollback()
    except DBAPIError:
        connection.invalidate()


def _limit_waiting(connection: Connection, milliseconds: int) -> None:
    """No statement of this transaction waits longer for a lock."""
    if is_sql_server(connection):
        _begin(connection, "READ COMMITTED", milliseconds)
    else:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{milliseconds}ms'")


def _begin(connection: Connection, level: str, lock_timeout_ms: int) -> None:
    # The pool's ping may have begun a transaction, in which the level can't change any more.
    connection.connection.commit()
    connection.exec_driver_sql(_session(level, lock_timeout_ms))


def _session(level: str, lock_timeout_ms: int) -> str:
    """How this transaction of SQL Server goes; a connection keeps it, so that each transaction says it anew."""
    return f"SET NOCOUNT OFF; SET TRANSACTION ISOLATION LEVEL {level}; SET LOCK_TIMEOUT {lock_timeout_ms};"


def hold(connection: Connection, name: str) -> None:
    """Until the transaction ends nobody else holds this name. Raises Unreachable when another does for 10 s."""
    if not is_sql_server(connection):
        connection.execute(ADVISORY, {"name": name})
    else:
        lock = f"wiadukt {name}"
        if connection.execute(APPLOCK, {"name": lock}).scalar_one() < 0:
            raise Unreachable(f"WAPRO's base: another connector works on {name}.", retry_after_s=1)
        connection.info[HELD] = lock


def is_passing(error: BaseException | None) -> bool:
    """Whether the same statement may succeed in a moment, as far as the server's words tell."""
    return any(word in str(error) for word in _PASSING)


@contextmanager
def translated() -> Iterator[None]:
    """The driver's errors become Unreachable or Misconfigured."""
    try:
        yield
    except OperationalError as error:
        raise Unreachable(f"WAPRO's base: {error.orig}") from error
    except PoolTimeout as error:
        raise Unreachable("WAPRO's base: every connection is busy.", retry_after_s=1) from error
    except DBAPIError as error:
        if error.connection_invalidated or is_passing(error.orig):
            raise Unreachable(f"WAPRO's base: {error.orig}") from error
        if isinstance(error, ProgrammingError):
            raise Misconfigured(
                "WAPRO_DATABASE_URL", f"WAPRO's base is not as expected: {error.orig}", remedy="Run 'wiadukt doctor'."
            ) from error
        raise
