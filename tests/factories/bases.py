"""WAPRO bases for tests, on each server that a base may run on: the stand-in with our room in it, clean for each test.

PostgreSQL is always there and each test gets a copy of a template. SQL Server joins when MSSQL_URL names one
(`make test-mssql`); there a base is made once and put back after each test.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any, Literal, Protocol

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import DBAPIError

from wiadukt.demo.erp.install import Version, make_base
from wiadukt.demo.erp.install import install as install_erp
from wiadukt.wapro.engine import make_engine
from wiadukt.wapro.install import install as install_ours

MSSQL_URL = os.environ.get("MSSQL_URL", "")
SERVERS = ["postgresql", *(["sqlserver"] if MSSQL_URL else [])]


Harm = Literal["drop", "disable", "enable"]
"""What becomes of a table's trigger."""


class Line(Protocol):
    """One connection of somebody at work in the base, in autocommit."""

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]: ...
    def run(self, query: str, values: Sequence[Any] = ()) -> None: ...
    def insert(self, table: str, values: Mapping[str, Any]) -> int: ...
    def transaction(self) -> Any: ...
    def close(self) -> None: ...
    def now(self) -> datetime: ...
    def capture(self, table: str, what: Harm) -> None: ...
    def tracking(self, table: str, what: Literal["on", "off"]) -> None: ...
    def procedure(self, name: str, parameter: str | None) -> None: ...
    def rename(self, table: str, column: str, name: str) -> None: ...


def connect(url: str) -> Line:
    return SqlServerLine(url) if url.startswith("mssql") else PostgresLine(url)


class PostgresLine:
    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True, row_factory=dict_row)

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        return self.connection.execute(query, values).fetchall()

    def run(self, query: str, values: Sequence[Any] = ()) -> None:
        self.connection.execute(query, values)

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        statement = sql.SQL("INSERT INTO dbo.{} ({}) VALUES ({}) RETURNING *").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join(sql.Placeholder() * len(values)),
        )
        row = self.connection.execute(statement, list(values.values())).fetchone()
        assert row is not None
        return next(iter(row.values()))

    def transaction(self) -> Any:
        return self.connection.transaction()

    def now(self) -> datetime:
        return self.rows("SELECT clock_timestamp() AS moment")[0]["moment"]

    def capture(self, table: str, what: Harm) -> None:
        if what == "drop":
            self.run(f'DROP TRIGGER wiadukt_update ON dbo."{table}"')
        else:
            self.run(f'ALTER TABLE dbo."{table}" {what.upper()} TRIGGER wiadukt_update')

    def tracking(self, table: str, what: Literal["on", "off"]) -> None:
        self.run(f"SELECT change_tracking.{'enable' if what == 'on' else 'disable'}('{table}')")

    def procedure(self, name: str, parameter: str | None) -> None:
        self.run(f'DROP FUNCTION dbo."{name}"')
        if parameter:
            self.run(f'CREATE FUNCTION dbo."{name}"("{parameter}" numeric, OUT "rc" integer) LANGUAGE sql RETURN 0')

    def rename(self, table: str, column: str, name: str) -> None:
        self.run(f'ALTER TABLE dbo."{table}" RENAME COLUMN "{column}" TO "{name}"')

    def close(self) -> None:
        self.connection.close()


class Row(dict[str, Any]):
    """SQL Server answers to a name in any letters, and so does its row."""

    def __missing__(self, key: str) -> Any:
        return next(value for name, value in self.items() if name.lower() == key.lower())


class SqlServerLine:
    def __init__(self, url: str) -> None:
        self.engine = create_engine(url, isolation_level="AUTOCOMMIT")
        self.connection = self.engine.connect()
        self.identities: dict[str, str | None] = {}

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        found = self.connection.exec_driver_sql(_marks(query), tuple(values))
        return [Row(row) for row in found.mappings()]

    def run(self, query: str, values: Sequence[Any] = ()) -> None:
        self.connection.exec_driver_sql(_marks(query), tuple(values))

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        columns = ", ".join(f"[{name}]" for name in values)
        marks = ", ".join("?" for _ in values)
        statement = f"INSERT INTO dbo.[{table}] ({columns}) VALUES ({marks});"
        identity = self._identity(table)
        if identity and identity.lower() not in {name.lower() for name in values}:
            told = self.rows(f"SET NOCOUNT ON; {statement} SELECT SCOPE_IDENTITY() AS id", tuple(values.values()))
            return int(told[0]["id"])
        if identity:
            statement = f"SET IDENTITY_INSERT dbo.[{table}] ON; {statement} SET IDENTITY_INSERT dbo.[{table}] OFF;"
        self.run(statement, tuple(values.values()))
        return next(iter(values.values()))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.run("BEGIN TRANSACTION")
        try:
            yield
        except BaseException:
            self.run("ROLLBACK TRANSACTION")
            raise
        self.run("COMMIT TRANSACTION")

    def now(self) -> datetime:
        return self.rows("SELECT SYSDATETIMEOFFSET() AS moment")[0]["moment"]

    def capture(self, table: str, what: Harm) -> None:
        if what == "drop":
            self.run(f"DROP TRIGGER dbo.[wiadukt_{table}]")
        else:
            self.run(f"{what.upper()} TRIGGER dbo.[wiadukt_{table}] ON dbo.[{table}]")

    def tracking(self, table: str, what: Literal["on", "off"]) -> None:
        self.run(f"ALTER TABLE dbo.[{table}] {'ENABLE' if what == 'on' else 'DISABLE'} CHANGE_TRACKING")

    def procedure(self, name: str, parameter: str | None) -> None:
        self.run(f"DROP PROCEDURE dbo.[{name}]")
        if parameter:
            self.run(f"CREATE PROCEDURE dbo.[{name}] @{parameter} numeric(18, 0) AS RETURN 0")

    def rename(self, table: str, column: str, name: str) -> None:
        self.run(f"EXEC sp_rename 'dbo.{table}.{column}', '{name}', 'COLUMN'")

    def close(self) -> None:
        self.connection.close()
        self.engine.dispose()

    def _identity(self, table: str) -> str | None:
        if table not in self.identities:
            query = "SELECT name FROM sys.identity_columns WHERE object_id = OBJECT_ID(%s)"
            found = self.rows(query, [f"dbo.{table}"])
            self.identities[table] = found[0]["name"] if found else None
        return self.identities[table]


def _marks(query: str) -> str:
    return query.replace("%s", "?")


class PostgresBases:
    """A template with everything in it; each test works on a copy."""

    def __init__(self, postgres: Any, version: Version = "2026", capture: str = "triggers") -> None:
        self.postgres, self.template = postgres, f"wapro_{version}_{capture}"
        url = postgres.url(self.template)
        install_erp(url, version)
        _put_ours(url, capture)

    @contextmanager
    def fresh(self) -> Iterator[str]:
        name = f"wapro_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.postgres.admin_url, autocommit=True) as admin:
            admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"')
            yield self.postgres.url(name)
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        """The server of the test run goes with its folder."""


class SqlServerBases:
    """One base, made once: copying takes seconds there. A test that broke its shape is followed by a new one."""

    SHAPE = """SELECT (SELECT COUNT(*) FROM sys.objects WHERE is_ms_shipped = 0) AS objects,
        (SELECT COUNT(*) FROM sys.columns c JOIN sys.tables t ON t.object_id = c.object_id) AS columns,
        (SELECT SUM(CAST(LEN(definition) AS bigint)) FROM sys.sql_modules) AS texts,
        (SELECT COUNT(*) FROM sys.triggers WHERE is_disabled = 1) AS disabled,
        (SELECT COUNT(*) FROM sys.internal_tables WHERE name LIKE 'change_tracking[_]%') AS tracked"""
    TABLES = """SELECT s.name AS folder, t.name AS tabela
        FROM sys.tables t JOIN sys.schemas s ON s.schema_id = t.schema_id
        WHERE s.name = 'dbo' OR (s.name = 'wiadukt' AND t.name <> 'sledzenie')"""

    def __init__(self, admin_url: str, version: Version = "2026", capture: str = "triggers") -> None:
        self.admin_url, self.version, self.capture = make_url(admin_url), version, capture
        self.made: list[str] = []
        self._make()

    @contextmanager
    def fresh(self) -> Iterator[str]:
        yield self.url
        line = connect(self.url)
        try:
            if line.rows(self.SHAPE) == self.shape:
                self._put_back(line)
                return
        finally:
            line.close()
        self._make()

    def close(self) -> None:
        line = connect(self.admin_url.render_as_string(hide_password=False))
        for name in self.made:
            with suppress(DBAPIError):  # a connection that is just closing keeps its base
                line.run(f"DROP DATABASE [{name}]")
        line.close()

    def _make(self) -> None:
        name = f"wapro_{uuid.uuid4().hex[:12]}"
        self.made.append(name)
        self.url = self.admin_url.set(database=name).render_as_string(hide_password=False)
        make_base(self.url)
        install_erp(self.url, self.version)
        _put_ours(self.url, self.capture)
        line = connect(self.url)
        self.shape = line.rows(self.SHAPE)
        contents = {(row["folder"], row["tabela"]): line.rows(_all_of(row)) for row in line.rows(self.TABLES)}
        self.dictionaries = {table: rows for table, rows in contents.items() if rows}
        # Which of the others a test has filled, in one question.
        self.filled = " UNION ALL ".join(
            f"SELECT '{folder}.[{table}]' AS tabela WHERE EXISTS (SELECT 1 FROM {folder}.[{table}])"
            for folder, table in contents.keys() - self.dictionaries.keys()
        )
        line.close()

    def _put_back(self, line: Line) -> None:
        for row in line.rows(self.filled):
            line.run(f"DELETE FROM {row['tabela']}")
        for (folder, table), rows in self.dictionaries.items():
            if line.rows(_all_of({"folder": folder, "tabela": table})) == rows:
                continue
            line.run(f"DELETE FROM {folder}.[{table}]")
            for row in rows:
                line.insert(table, row)
        line.run("DELETE FROM wiadukt.kolejka")  # last: what was put back has been announced
        line.run("UPDATE wiadukt.sledzenie SET wersja = NULL")


def _all_of(table: Mapping[str, str]) -> str:
    return f"SELECT * FROM {table['folder']}.[{table['tabela']}]"


def _put_ours(url: str, capture: str) -> None:
    engine = make_engine(url)
    install_ours(engine, capture=capture)
    engine.dispose()


def bases_of(
    server: str, postgres: Any, version: Version = "2026", capture: str = "triggers"
) -> PostgresBases | SqlServerBases:
    if server == "postgresql":
        return PostgresBases(postgres, version, capture)
    return SqlServerBases(MSSQL_URL, version, capture)


def tracks_changes(server: str) -> bool:
    """Whether this server has change tracking; what only speaks SQL Server's language has not."""
    if server == "postgresql":
        return True
    line = connect(MSSQL_URL)
    found = line.rows("SELECT OBJECT_ID('sys.change_tracking_tables') AS id")
    line.close()
    return found[0]["id"] is not None
