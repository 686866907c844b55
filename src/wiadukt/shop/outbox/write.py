"""The one door into the outbox."""

from __future__ import annotations

from django.db import transaction

from wiadukt.contract.base import ContractModel
from wiadukt.runtime import trace
from wiadukt.shop import waking
from wiadukt.shop.outbox.models import Destination, OutboundMessage

DELIVER_TASK = "wiadukt.deliver"


def write(
    destination: Destination, kind: str, key: str, payload: ContractModel, *, behind: str = ""
) -> OutboundMessage:
    """Says `payload` to `destination`, in the transaction of the change: neither is there without the other.

    `behind`: the key of another object, after whose messages this one goes.

    Raises RuntimeError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"The message {kind} {key} must be written in the transaction of its change.")
    order_key = f"{destination}:{behind or key}"
    message = OutboundMessage.objects.create(
        destination=destination,
        kind=kind,
        key=key,
        order_key=order_key,
        payload=payload.model_dump(mode="json"),
        traceparent=trace.traceparent(),
    )
    wake()
    return message


def wake() -> None:
    """Soon a worker says what waits."""
    waking.after_commit(DELIVER_TASK)
