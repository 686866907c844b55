"""Signatures of event batches by the Standard Webhooks scheme, with key rotation.

The first key signs; every key verifies. So a key is changed by putting the new one in front at the receiver,
then at the sender, then by dropping the old one.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from standardwebhooks.webhooks import Webhook, WebhookVerificationError


class InvalidSignature(Exception):
    """The batch was not signed by any of our keys, or its time lies outside the replay window of 5 minutes."""


def new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def split_secrets(text: str) -> list[str]:
    """The keys of a comma-separated setting, in order; blanks are dropped."""
    return [part.strip() for part in text.split(",") if part.strip()]


def sign(secrets_: Sequence[str], *, message_id: str, at: datetime, body: str) -> dict[str, str]:
    """The three headers of a signed body. `at` must be UTC."""
    signature = Webhook(secrets_[0]).sign(message_id, at, body)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature,
    }


def verify(secrets_: Sequence[str], *, headers: Mapping[str, str], body: bytes) -> None:
    """Raises InvalidSignature unless one of the keys signed this body within the replay window."""
    cause = "no key is configured"
    for secret in secrets_:
        try:
            Webhook(secret).verify(body, dict(headers), json_parse=False)
        except (WebhookVerificationError, ValueError) as error:
            cause = str(error)
        else:
            return
    raise InvalidSignature(cause)
