"""Pages run and load what is ours and nothing else: what got into one from outside does nothing in a browser."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from wiadukt.runtime.body_limit import App, Message, Receive, Send

POLICY = "; ".join(
    [
        "default-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # the lengths of bars stand in attributes
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
]


class OwnContent:
    """An ASGI application around another one that adds to each answer what it does not say itself."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        async def saying(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = list(message.get("headers", ()))
                names = {name.lower() for name, _value in said}
                message = {**message, "headers": said + [one for one in HEADERS if one[0] not in names]}
            await send(message)

        await self.app(scope, receive, saying)
