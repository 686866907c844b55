"""The shop's OpenAPI document: what programs may say to it. Everything else of the shop is for people."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from wiadukt import __version__
from wiadukt.contract.event import BATCH_MEDIA_TYPE, ThinEvent
from wiadukt.contract.problem import PROBLEM_MEDIA_TYPE, Problem

REFERENCES = "#/components/schemas/{model}"
_SIGNATURE = {
    "webhook-id": "Names the message; the same over every attempt.",
    "webhook-timestamp": "Seconds since 1970. A batch from another time than five minutes around now is refused.",
    "webhook-signature": "`v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64; several, with a space between.",
}


def document() -> dict[str, Any]:
    """OpenAPI 3.1, as a plain dictionary."""
    _, definitions = models_json_schema(
        [(ThinEvent, "validation"), (Problem, "serialization")], ref_template=REFERENCES
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": "Wiadukt shop", "version": __version__},
        "paths": {"/sync/events": {"post": _events()}, "/healthz": {"get": _health()}},
        "components": {"schemas": definitions["$defs"]},
    }


def _events() -> dict[str, Any]:
    batch = TypeAdapter(list[ThinEvent]).json_schema(ref_template=REFERENCES)
    batch.pop("$defs", None)
    return {
        "operationId": "events",
        "summary": "Events",
        "description": "What changed in WAPRO: signed by the Standard Webhooks scheme, stored at once, fetched later.",
        "parameters": [
            {"name": name, "in": "header", "required": True, "description": meaning, "schema": {"type": "string"}}
            for name, meaning in _SIGNATURE.items()
        ],
        "requestBody": {"required": True, "content": {BATCH_MEDIA_TYPE: {"schema": batch}}},
        "responses": {
            "202": _answer(
                "Stored; `new` of them had not been told before.", {"accepted": "integer", "new": "integer"}
            ),
            "400": _problem("It is no list of events."),
            "401": _problem("Not signed by one of the keys, or not now."),
            "413": _problem("More than a megabyte."),
        },
    }


def _health() -> dict[str, Any]:
    return {
        "operationId": "healthz",
        "summary": "Health",
        "description": "The process answers and so does its database.",
        "responses": {"200": _answer("It is well.", {"status": "string"})},
    }


def _answer(description: str, fields: dict[str, str]) -> dict[str, Any]:
    properties = {name: {"type": kind} for name, kind in fields.items()}
    schema = {"type": "object", "properties": properties, "required": list(fields), "additionalProperties": False}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _problem(description: str) -> dict[str, Any]:
    schema = {"$ref": REFERENCES.format(model=Problem.__name__)}
    return {"description": description, "content": {PROBLEM_MEDIA_TYPE: {"schema": schema}}}
