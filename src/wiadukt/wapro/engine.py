"""The connection to WAPRO's base: the one place where a driver's errors become ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from wiadukt.contract.errors import Misconfigured, Unreachable


def make_engine(url: str) -> Engine:
    """An engine from a libpq URL (`postgresql://user@/base?host=/socket`)."""
    return create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_size=5,
        max_overflow=10,
        pool_timeout=10,
        hide_parameters=True,  # an error's text must carry no names or addresses into a log
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": 5,
            "application_name": "wiadukt",
            # A plan made for the empty queue of a quiet night would be kept for the thousand rows of the morning.
            "prepare_threshold": None,
        },
    )


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
    """One snapshot: everything read inside is of the same moment. Raises Unreachable, Misconfigured."""
    with _translated(), engine.connect() as plain:
        snapshot = plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with snapshot.begin():
            yield snapshot


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction, all or nothing; waits for a lock no longer than 10 s. Raises Unreachable, Misconfigured."""
    with _translated(), engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
        yield connection


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise Unreachable(f"WAPRO's base: {error.orig}") from error
    except PoolTimeout as error:
        raise Unreachable("WAPRO's base: every connection is busy.", retry_after_s=1) from error
    except ProgrammingError as error:
        raise Misconfigured(
            "WAPRO_DATABASE_URL", f"WAPRO's base is not as expected: {error.orig}", remedy="Run 'wiadukt doctor'."
        ) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unreachable(f"WAPRO's base: {error.orig}") from error
        raise
