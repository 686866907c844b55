"""A shop that took everything over from a small WAPRO, with the real connector between them over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from factories.bases import PostgresBases
from factories.serving import served as running
from factories.wapro import TOKEN, settings_for

from wiadukt.demo.world import seed
from wiadukt.shop.sync import fetch, takeover
from wiadukt.shop.sync.client import Connector, client_of
from wiadukt.wapro.main import create_app


@dataclass
class Road:
    """Both ends: `office` runs SQL in WAPRO, `connector` is the shop's client of it."""

    url: str
    connector: Connector

    def office(self, query: str, *values: object) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(query, values)

    def unseen(self, query: str, *values: object) -> None:
        """The same while capture is off, as after an update of WAPRO that dropped our triggers."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(query, values)

    def value(self, query: str, *values: object) -> object:
        with psycopg.connect(self.url) as connection:
            found = connection.execute(query, values).fetchone()
            return found[0] if found else None

    @contextmanager
    def rows(self) -> Iterator[Callable[..., list[tuple[Any, ...]]]]:
        """Asks WAPRO's base."""
        with psycopg.connect(self.url) as connection:
            yield lambda query, *values: connection.execute(query, values).fetchall()

    def apply(self) -> None:
        fetch.run(self.connector)


@pytest.fixture(scope="session")
def _bases(postgres) -> PostgresBases:
    return PostgresBases(postgres)


@pytest.fixture(scope="module")
def served(_bases) -> Iterator[Road]:
    """The connector on a port of its own; its dispatcher is off, so that a test says what is announced."""
    with _bases.fresh() as url:
        seed(url, goods=40, customers=4, orders=12)
        with psycopg.connect(url) as connection:
            connection.execute("UPDATE wiadukt.kolejka SET status = 'wyslany', wyslano = now()")
        with running(create_app(settings_for(url))) as where, client_of(where, TOKEN) as http:
            yield Road(url, Connector(http))


@pytest.fixture
def road(served: Road, transactional_db: None) -> Road:
    takeover.ask_for_everything(served.connector)
    served.apply()
    return served
