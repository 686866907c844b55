"""Bases of the stand-in: one with tables and procedures only, one with the world."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from erp_calls import DAY_OF_WORLD, Erp
from psycopg.rows import dict_row

from wiadukt.demo.erp.install import install
from wiadukt.demo.world import seed


@pytest.fixture(scope="session")
def erp_url(postgres) -> str:
    """A base with the tables and procedures and no world."""
    url = postgres.url("erp_procedures")
    install(url)
    return url


@pytest.fixture
def erp(erp_url: str) -> Iterator[Erp]:
    with psycopg.connect(erp_url, autocommit=True, row_factory=dict_row) as connection:
        yield Erp(connection)


@pytest.fixture(scope="session")
def world_url(postgres) -> str:
    """A base with the whole world. Tests only read it."""
    url = postgres.url("erp_world")
    install(url)
    seed(url, today=DAY_OF_WORLD)
    return url


@pytest.fixture
def world(world_url: str) -> Iterator[Erp]:
    with psycopg.connect(world_url, autocommit=True, row_factory=dict_row) as connection:
        connection.execute("SET default_transaction_read_only = on")
        yield Erp(connection)
