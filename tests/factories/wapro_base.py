"""Fixtures of all that work in a WAPRO base: a fresh one for each test, on each server that a base may be on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from factories.bases import SERVERS, PostgresBases, SqlServerBases, bases_of, connect
from factories.wapro import Office, settings_for
from sqlalchemy import Engine

from wiadukt.wapro.engine import make_engine
from wiadukt.wapro.settings import Settings


@pytest.fixture(name="bases", scope="session", params=SERVERS)
def bases_of_each_server(request, postgres) -> Iterator[PostgresBases | SqlServerBases]:
    bases = bases_of(request.param, postgres)
    yield bases
    bases.close()


@pytest.fixture(name="base")
def fresh_base(bases) -> Iterator[str]:
    with bases.fresh() as url:
        yield url


@pytest.fixture(name="office")
def office_at_work(base: str) -> Iterator[Office]:
    office = Office(connect(base))
    yield office
    office.close()


@pytest.fixture(name="engine")
def connectors_engine(base: str) -> Iterator[Engine]:
    engine = make_engine(base)
    yield engine
    engine.dispose()


@pytest.fixture(name="settings")
def connectors_settings(base: str) -> Settings:
    return settings_for(base)
