"""What a caller and an operator see while production's own base is away."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from wiadukt.production.main import create_app
from wiadukt.production.settings import Settings


@pytest.fixture
def get(tmp_path):
    """Asks a production whose base does not stand."""
    app = create_app(Settings(database_url=f"postgresql://postgres@/production?host={tmp_path}", tokens="shop:t"))

    async def ask(path: str) -> httpx.Response:
        headers = {"Authorization": "Bearer t"}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://production") as client:
            return await client.get(path, headers=headers)

    yield lambda path: asyncio.run(ask(path))
    app.state.reporter.client.close()
    app.state.engine.dispose()


def test_a_program_is_told_to_come_back(get):
    answer = get("/v1/job-orders")

    assert (answer.status_code, answer.json()["code"]) == (503, "database_unreachable")
    assert answer.headers["retry-after"]


def test_an_operator_is_told_what_to_do(get):
    page = get("/terminal")

    assert page.status_code == 503
    assert 'role="alert"' in page.text


def test_the_process_still_says_that_it_lives(get):
    assert get("/healthz").json() == {"status": "ok"}
