"""A WAPRO base for each test, with our schema and capture in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from factories.processes import running
from factories.serving import Neighbour, answering
from factories.wapro import SECRET, TOKEN, settings_for
from factories.wapro_base import (  # noqa: F401
    bases_of_each_server,
    connectors_engine,
    connectors_settings,
    fresh_base,
    office_at_work,
)

from wiadukt.runtime.signing import verify
from wiadukt.wapro.dispatch import Dispatcher
from wiadukt.wapro.engine import make_engine


@pytest.fixture
def start(base) -> Callable[..., AbstractContextManager[Any]]:
    """Runs `wiadukt connector run` until the block ends."""

    def start(url: str = base, events_url: str = "", **settings: str) -> AbstractContextManager[Any]:
        environment = {
            "WAPRO_DATABASE_URL": url,
            "WAPRO_WAREHOUSES": "1,2",
            "CONNECTOR_TOKENS": f"shop:{TOKEN},production:other",
            "WEBHOOK_SECRETS": SECRET,
            "SHOP_EVENTS_URL": events_url,
        }
        return running("connector", TOKEN, **environment | settings)

    return start


@dataclass
class Shop:
    """A small real HTTP receiver in the shop's place: keeps each event id once, as the shop's inbox does.

    `answer` decides: a status, and a Problem or None. What it answers with 2xx is kept.
    """

    url: str = ""
    batches: list[list[dict]] = field(default_factory=list)
    traceparents: list[str] = field(default_factory=list)
    kept: dict[str, dict] = field(default_factory=dict)
    answer: Callable[[list[dict]], tuple[int, dict | None]] = lambda batch: (202, None)

    @property
    def told(self) -> list[str]:
        """Objects of every event that counted, in order."""
        return [event["subject"] for event in self.kept.values()]

    def take(self, request: Neighbour) -> tuple[int, dict | None]:
        body = request.body()
        verify([SECRET], headers=request.headers, body=body)
        assert request.headers["content-type"] == "application/cloudevents-batch+json"
        batch = json.loads(body)
        self.batches.append(batch)
        self.traceparents.append(request.headers["traceparent"])
        status, problem = self.answer(batch)
        if status < 300:
            for one in batch:
                self.kept.setdefault(one["id"], one)
        return status, problem


@pytest.fixture
def shop() -> Iterator[Shop]:
    shop = Shop()

    class Receiver(Neighbour):
        def do_POST(self) -> None:
            status, problem = shop.take(self)
            if status == 0:  # the answer is lost on the way
                self.connection.close()
            else:
                self.answer(status, problem)

    with answering(Receiver) as where:
        shop.url = f"{where}/sync/events"
        yield shop


@pytest.fixture
def dispatcher(base: str, shop: Shop) -> Iterator[Callable[..., Dispatcher]]:
    """Makes dispatchers, each with its own connections, as separate processes would have."""
    made: list[Dispatcher] = []

    def make(**changes: object) -> Dispatcher:
        settings = settings_for(base, shop_events_url=shop.url, **{"dispatch_idle_s": 0.02} | changes)
        made.append(Dispatcher(make_engine(base), settings, httpx.Client(timeout=5, trust_env=False)))
        return made[-1]

    yield make
    for one in made:
        one.http.close()
        one.engine.dispose()
