"""Makes the stand-in's tables and procedures."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

import psycopg
from sqlalchemy import create_engine, make_url, text

FOLDER = Path(__file__).parent
LOCK = 8_101
COLLATION = "Polish_CI_AS"
Version = Literal["2019", "2026"]
"""What WAPRO of that year has: the older one lacks some columns and takes fewer parameters."""


def install(url: str, version: Version = "2026") -> None:
    """All of it in one transaction, or nothing; an installed base is left alone.

    `url` is libpq's, or `mssql+mssqlpython://...` of an empty SQL Server base with a Polish collation.
    """
    if url.startswith("mssql"):
        _install_on_sql_server(url, version)
    else:
        _install_on_postgresql(url, version)


def scripts(server: Literal["postgresql", "sqlserver"], version: Version = "2026") -> list[Path]:
    """The files that make the stand-in, in order."""
    found = sorted((FOLDER / server).glob("*.sql"))
    return found + (sorted((FOLDER / server / version).glob("*.sql")) if version == "2019" else [])


def fingerprint() -> str:
    """Of the scripts of the demo's stand-in: a base made by others may lack what this version reads."""
    whole = hashlib.sha256()
    for script in scripts("postgresql"):
        whole.update(script.read_bytes())
    return whole.hexdigest()[:16]


def batches(script: str) -> list[str]:
    """The parts of a T-SQL script between lines of GO."""
    return [part.strip() for part in script.split("\nGO\n") if part.strip()]


def _install_on_postgresql(url: str, version: Version) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if connection.execute("SELECT to_regclass('dbo.\"ROZLICZENIE\"')").fetchone() != (None,):
            return
        for script in scripts("postgresql", version):
            connection.execute(script.read_text().encode())


def make_base(url: str) -> None:
    """The SQL Server base that the URL names, when it is not there yet, in Polish as WAPRO's are."""
    wanted = make_url(url)
    engine = create_engine(wanted.set(database="master"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        there = connection.execute(text("SELECT DB_ID(:name)"), {"name": wanted.database}).scalar()
        if there is None:
            connection.exec_driver_sql(f"CREATE DATABASE [{wanted.database}] COLLATE {COLLATION}")
    engine.dispose()


def _install_on_sql_server(url: str, version: Version) -> None:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            if connection.execute(text("SELECT OBJECT_ID('dbo.ROZLICZENIE')")).scalar() is not None:
                return
            for script in scripts("sqlserver", version):
                for batch in batches(script.read_text(encoding="utf-8")):
                    connection.exec_driver_sql(batch)
    finally:
        engine.dispose()
