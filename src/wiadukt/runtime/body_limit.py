"""No request may fill a process's memory or disk: bodies are counted as they come, with or without a stated length."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from wiadukt.contract.problem import PROBLEM_MEDIA_TYPE, Problem

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


class BodyLimit:
    """An ASGI application before another one; `limits` in bytes by the beginning of the path, else `most`."""

    def __init__(self, app: App, most: int, limits: Mapping[str, int] | None = None) -> None:
        self.app, self.most, self.limits = app, most, dict(limits or {})

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self._limit_of(scope["path"])
        if _stated_length(scope) > limit:
            await _refuse(send, limit)
            return
        body = _Counted(receive, send, limit)
        try:
            await self.app(scope, body.receive, body.send)
        finally:
            if body.is_too_large and not body.is_answered:
                await _refuse(send, limit)

    def _limit_of(self, path: str) -> int:
        return next((limit for start, limit in self.limits.items() if path.startswith(start)), self.most)


class _Counted:
    """Passes a body on until it is too large; then the application sees a client that went away, and says no more."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive, self._send, self._left = receive, send, limit
        self.is_too_large = self.is_answered = False

    async def receive(self) -> Message:
        if self.is_too_large:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        self.is_too_large = self._left < 0
        return {"type": "http.disconnect"} if self.is_too_large else message

    async def send(self, message: Message) -> None:
        if self.is_too_large and not self.is_answered:
            return
        self.is_answered = True
        await self._send(message)


def _stated_length(scope: MutableMapping[str, Any]) -> int:
    text = dict(scope["headers"]).get(b"content-length", b"")
    return int(text) if text.isdigit() else 0


async def _refuse(send: Send, limit: int) -> None:
    problem = Problem(
        title=f"The body is larger than {limit:,} bytes.", detail="Send less at a time.", status=413, code="too_large"
    )
    body = problem.model_dump_json().encode()
    headers = [
        (b"content-type", PROBLEM_MEDIA_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
