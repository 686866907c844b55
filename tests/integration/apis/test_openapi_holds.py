"""Whatever a caller sends, each API of ours answers as its OpenAPI document says, and never with a 5xx.

A short run here; SCHEMATHESIS_EXAMPLES asks for more inputs an operation.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
import schemathesis
from factories.bases import PostgresBases, connect
from factories.serving import served
from factories.wapro import TOKEN, Office, settings_for
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from wiadukt.contract.problem import PROBLEM_MEDIA_TYPE
from wiadukt.production.main import create_app as production_app
from wiadukt.production.migrate import migrate
from wiadukt.production.settings import Settings as ProductionSettings
from wiadukt.wapro.main import create_app as connector_app

DOCUMENTS = Path(__file__).parents[3] / "docs/openapi"
EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "8"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
short = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def connector_schema(postgres) -> Iterator[schemathesis.BaseSchema]:
    with PostgresBases(postgres).fresh() as url:
        office = Office(connect(url))
        buyer, card = office.contractor(), office.article("FR-1", wholesale="10")
        office.line(office.order(buyer), card)
        office.invoice_line(card, ID_DOK_HANDLOWEGO=office.invoice(buyer))
        office.close()
        with served(connector_app(settings_for(url))) as where:
            yield schemathesis.openapi.from_url(f"{where}/openapi.json")


@pytest.fixture(scope="module")
def production_schema(postgres) -> Iterator[schemathesis.BaseSchema]:
    url = postgres.url("production_openapi")
    migrate(url)
    app = production_app(
        ProductionSettings(
            database_url=url, tokens=f"shop:{TOKEN}", connector_url="http://127.0.0.1:9", connector_token=TOKEN
        )
    )
    with served(app) as where:
        yield schemathesis.openapi.from_url(f"{where}/openapi.json")


def operations(document: str) -> list[tuple[str, str]]:
    paths = json.loads((DOCUMENTS / document).read_text())["paths"]
    return [(method, path) for path, methods in sorted(paths.items()) for method in sorted(methods)]


def _answers(schema: schemathesis.BaseSchema, path: str, method: str, token: str | None, examples: int) -> set[int]:
    """Sends inputs to the operation and checks each answer; the statuses seen."""
    seen: set[int] = set()
    headers = {"authorization": f"Bearer {token}"} if token else {}

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

        @settings(short, max_examples=examples)
        @given(case=schema[path][method].as_strategy(generation_mode=mode))
        def send(case: schemathesis.Case) -> None:
            seen.add(case.call_and_validate(headers=headers, checks=CHECKS).status_code)

        with suppress(Unsatisfiable):  # an operation that takes nothing can't be asked wrongly
            send()
    return seen


@pytest.mark.parametrize(("method", "path"), operations("connector.json"))
def test_the_connector_answers_as_it_says(connector_schema, method, path):
    assert _answers(connector_schema, path, method, TOKEN, EXAMPLES) != {401}


@pytest.mark.parametrize(("method", "path"), operations("production.json"))
def test_production_answers_as_it_says(production_schema, method, path):
    assert _answers(production_schema, path, method, TOKEN, EXAMPLES) != {401}


@pytest.mark.parametrize(("method", "path"), operations("connector.json"))
def test_the_connector_lets_no_stranger_in(connector_schema, method, path):
    _is_shut(_answers(connector_schema, path, method, None, 2), path)


@pytest.mark.parametrize(("method", "path"), operations("production.json"))
def test_production_lets_no_stranger_in(production_schema, method, path):
    _is_shut(_answers(production_schema, path, method, None, 2), path)


def _is_shut(seen: set[int], path: str) -> None:
    """What can't even be read is refused before anybody asks who sent it."""
    assert seen == {200} if path == "/healthz" else 401 in seen <= {401, 422}


ODD = [
    ("connector", "POST", "/v1/products/fetch", b'{"ids": ["a\\u0000"]}'),
    ("connector", "GET", "/v1/products/ids?after=a%00", None),
    ("connector", "POST", "/v1/orders/fetch", b'{"ids": ["\xff"]}'),
    ("production", "GET", "/v1/job-orders?after=a%00", None),
    ("production", "PUT", "/v1/work-requests/WD-1", b'{"order_number": "\xff"}'),
]


@pytest.mark.parametrize(("system", "method", "path", "body"), ODD)
def test_a_text_that_no_base_can_keep_is_refused_and_breaks_nothing(request, system, method, path, body):
    """The NUL sign, and bytes that are no UTF-8: found by the runs above, answered with 400 or 500 before."""
    schema = request.getfixturevalue(f"{system}_schema")
    headers = {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}

    answer = httpx.request(
        method, schema.get_base_url().rstrip("/") + path, content=body, headers=headers, trust_env=False
    )

    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM_MEDIA_TYPE)
    assert answer.json()["title"]
