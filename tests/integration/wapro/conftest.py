"""A WAPRO base for each test, with our schema and capture in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from factories.wapro import Office, copy_of_template, make_template, settings_for
from sqlalchemy import Engine

from wiadukt.wapro.engine import make_engine
from wiadukt.wapro.settings import Settings


@pytest.fixture(scope="session")
def template(postgres) -> None:
    make_template(postgres)


@pytest.fixture
def base(postgres, template) -> Iterator[str]:
    with copy_of_template(postgres) as url:
        yield url


@pytest.fixture
def office(base: str) -> Iterator[Office]:
    office = Office(base)
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
