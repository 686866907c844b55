"""A WAPRO base for each test. The same tests run on each server that a base may be on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from factories.bases import MSSQL_URL, SERVERS, PostgresBases, SqlServerBases, bases_of, connect
from factories.wapro import Office, settings_for
from sqlalchemy import Engine

from wiadukt.wapro.engine import make_engine
from wiadukt.wapro.settings import Settings


@pytest.fixture(scope="session", params=SERVERS)
def bases(request, postgres) -> Iterator[PostgresBases | SqlServerBases]:
    bases = bases_of(request.param, postgres)
    yield bases
    bases.close()


@pytest.fixture
def base(bases) -> Iterator[str]:
    with bases.fresh() as url:
        yield url


@pytest.fixture
def office(base: str) -> Iterator[Office]:
    office = Office(connect(base))
    yield office
    office.close()


@pytest.fixture
def engine(base: str) -> Iterator[Engine]:
    engine = make_engine(base)
    yield engine
    engine.dispose()


@pytest.fixture
def settings(base: str) -> Settings:
    return settings_for(base)


# Only SQL Server can show these; `make test-mssql` runs them, and so does its workflow.
collect_ignore = [] if MSSQL_URL else [one.name for one in Path(__file__).parent.glob("test_sqlserver_*.py")]
