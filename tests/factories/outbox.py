"""Messages of the shop, and a receiver of them that answers as it is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from wiadukt.contract.problem import PROBLEM_MEDIA_TYPE, Problem
from wiadukt.shop.outbox import gate
from wiadukt.shop.outbox.models import Destination, OutboundMessage
from wiadukt.shop.sync import deliver

JOB = {"id": "WD-1-1", "product_id": "FR-1", "description": "Front", "quantity": "1", "unit": "szt"}
REFUSAL = Problem(title="Nie ma takiego towaru.", detail="Dodaj go.", status=422, code="no_product", field="lines.0")


@dataclass
class Receiver:
    """Production's place: keeps what it was told; `answer` says with what it answers."""

    url: str = ""
    told: list[dict] = field(default_factory=list)
    traceparents: list[str] = field(default_factory=list)
    answer: Callable[[dict], tuple[Any, ...]] = lambda said: accepted(said)

    async def __call__(self, scope, receive, send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        said = json.loads(body)
        self.told.append(said)
        self.traceparents.append(dict(scope["headers"]).get(b"traceparent", b"").decode())
        status, media, text, *more_headers = self.answer(said)
        headers = [(b"content-type", media.encode()), *more_headers]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": text.encode()})


def accepted(said: dict) -> tuple[int, str, str]:
    receipt = {"order_number": said["order_number"], "job_order_ids": ["WD-1-1"], "created": True}
    return 200, "application/json", json.dumps(receipt)


def refused(said: dict) -> tuple[int, str, str]:
    return 422, PROBLEM_MEDIA_TYPE, REFUSAL.model_dump_json()


def outage(said: dict) -> tuple[int, str, str]:
    return 503, "text/plain", "later"


def an_order_message(number: str = "WD-1", **fields) -> OutboundMessage:
    """An order to WAPRO, with one line."""
    line = {"line_no": 1, "product_id": "FR-1", "quantity": "2", "price_net": "10.5000", "price_gross": "12.9150"}
    payload = {"number": number, "customer_id": "17", "placed_at": "2026-11-23T12:08:00+01:00", "lines": [line]}
    about = {"destination": "wapro", "kind": "order_placed", "order_key": f"wapro:{number}", "payload": payload}
    return a_message(number, **about | fields)


def a_message(number: str = "WD-1", **fields) -> OutboundMessage:
    payload = {"order_number": number, "customer_name": "Stolarnia", "job_orders": [JOB]}
    return OutboundMessage.objects.create(
        **{"destination": "production", "kind": "work_requested", "key": number, "order_key": f"production:{number}"}
        | {"payload": payload}
        | fields
    )


def again(message: OutboundMessage) -> OutboundMessage:
    message.refresh_from_db()
    return message


def make_due(**which) -> None:
    OutboundMessage.objects.filter(state="waiting", **which).update(next_attempt_at=timezone.now())


def say(to: deliver.Receivers) -> None:
    """What a worker does that was woken: says whatever is due, however slow the machine."""
    deliver.run(to, call_another=lambda: None, turn_s=60)


def claim() -> OutboundMessage:
    """A worker takes the oldest message for production, and is not heard of any more."""
    message = deliver._claim(Destination.PRODUCTION, gate.closed())
    assert message is not None
    return message
