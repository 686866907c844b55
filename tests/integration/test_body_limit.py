"""Over real HTTP: no body is taken beyond its limit, whether its length is stated, or comes in pieces."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from factories.serving import served

from wiadukt.production.main import create_app as production
from wiadukt.production.settings import Settings as ProductionSettings
from wiadukt.runtime.body_limit import BodyLimit
from wiadukt.shop.asgi import MAX_EVENTS_BYTES, application

pytestmark = pytest.mark.postgres


async def echo(scope, receive, send) -> None:
    """Answers how much it was given."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


def pieces(total: int) -> Iterator[bytes]:
    for _ in range(total // 1000):
        yield b"x" * 1000


@pytest.fixture(scope="module")
def echoing() -> Iterator[str]:
    with served(BodyLimit(echo, 50_000, {"/small": 2_000})) as where:
        yield where


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [("/", 50_000, 200), ("/", 51_000, 413), ("/small/er", 2_000, 200), ("/small/er", 3_000, 413)],
)
@pytest.mark.parametrize("stated", [True, False], ids=["stated", "in-pieces"])
def test_a_body_is_taken_up_to_its_limit(echoing, path, size, status, stated):
    body = b"x" * size if stated else pieces(size)

    answer = httpx.post(echoing + path, content=body, trust_env=False)

    assert answer.status_code == status
    assert answer.text == str(size) if status == 200 else answer.json()["code"] == "too_large"


@pytest.mark.parametrize("stated", [True, False], ids=["stated", "in-pieces"])
def test_the_shop_takes_no_large_batch_of_events(db, stated):
    body = b"x" * (MAX_EVENTS_BYTES + 1_000) if stated else pieces(MAX_EVENTS_BYTES + 1_000)

    with served(application) as where:
        answer = httpx.post(f"{where}/sync/events", content=body, trust_env=False)

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_production_takes_no_large_body_before_it_knows_who_sends_it(postgres):
    settings = ProductionSettings(database_url=postgres.url("production_limits"), tokens="shop:token")

    with served(production(settings)) as where:
        answer = httpx.put(f"{where}/v1/work-requests/WD-1", content=pieces(5_000_000), trust_env=False)

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
