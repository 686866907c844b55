"""What programs may say to the shop: its OpenAPI document holds, whatever a signed or a strange caller sends."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as tries
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from typer.testing import CliRunner

from wiadukt.contract.event import BATCH_MEDIA_TYPE
from wiadukt.contract.problem import PROBLEM_MEDIA_TYPE
from wiadukt.runtime.signing import sign, split_secrets
from wiadukt.shop.cli import app
from wiadukt.shop.sync.models import InboxEvent

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
DOCUMENT = Path(__file__).parents[3] / "docs/openapi/shop.json"
SCHEMA = schemathesis.openapi.from_dict(json.loads(DOCUMENT.read_text()))
SCHEMA.config.update(base_url="http://testserver")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "8"))
short = tries(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def sent(method: str, path: str, body: str, *, is_signed: bool) -> httpx.Response:
    headers: dict[str, str] = {}
    if is_signed:
        keys = split_secrets(settings.ENVIRONMENT.webhook_secrets)
        headers = sign(keys, message_id="m-1", at=datetime.now(UTC), body=body)
    client = Client(raise_request_exception=False)
    answer = client.generic(method.upper(), path, body.encode(), content_type=BATCH_MEDIA_TYPE, headers=headers)
    request = httpx.Request(method.upper(), f"http://testserver{path}")
    found = httpx.Response(answer.status_code, headers=dict(answer.items()), content=answer.content, request=request)
    found.elapsed = timedelta()  # schemathesis looks at it
    return found


@pytest.mark.parametrize("is_signed", [True, False], ids=["signed", "strange"])
@pytest.mark.parametrize(("method", "path"), [("post", "/sync/events"), ("get", "/healthz")])
def test_the_shop_answers_as_it_says(method, path, is_signed):
    seen: set[int] = set()

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

        @short
        @given(case=SCHEMA[path][method].as_strategy(generation_mode=mode))
        def send(case: schemathesis.Case) -> None:
            answer = sent(method, path, _text(case.body), is_signed=is_signed)
            case.validate_response(answer, checks=CHECKS)
            seen.add(answer.status_code)

        with suppress(Unsatisfiable):  # an operation that takes nothing can't be asked wrongly
            send()
    wanted = {202, 400} if is_signed else {401}
    assert seen == ({200} if path == "/healthz" else wanted)


def _text(body: Any) -> str:
    return json.dumps(body) if isinstance(body, list | dict | str | int | float | bool | None) else ""


@pytest.mark.parametrize("field", ["id", "source", "subject"])
def test_a_text_that_no_base_can_keep_is_refused_and_breaks_nothing(field):
    event = {"id": "e-1", "source": "/wapro/1", "type": "pl.wiadukt.product.changed", "subject": "FR-1"}
    event |= {"time": "2026-11-23T12:08:00Z", field: "a\u0000"}

    answer = sent("post", "/sync/events", json.dumps([event]), is_signed=True)

    assert (answer.status_code, answer.headers["content-type"]) == (400, PROBLEM_MEDIA_TYPE)
    assert not InboxEvent.objects.exists()


def test_the_committed_document_says_what_the_code_does():
    printed = CliRunner().invoke(app, ["openapi"], catch_exceptions=False)

    assert printed.output == DOCUMENT.read_text(), "run 'make openapi' and commit the result"
