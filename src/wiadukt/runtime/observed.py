"""Around every HTTP request: it goes on in its caller's trace, is counted and timed, and a change leaves a line."""

from __future__ import annotations

import time
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from prometheus_client import Histogram

from wiadukt.runtime import trace
from wiadukt.runtime.body_limit import App, Message, Receive, Send

REQUEST_SECONDS = Histogram(
    "wiadukt_http_request_seconds",
    "Until the first byte of the answer, by route (never by path), method and status.",
    ("method", "route", "status"),
)
OTHER = "other"
"""The route of files and of what is not there: addresses are the callers' invention, and each would be a series."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
log = structlog.get_logger()


def starlette_route(scope: MutableMapping[str, Any]) -> str:
    """The template of the route that Starlette or FastAPI found."""
    return str(getattr(scope.get("route"), "path", ""))


class Observed:
    """An ASGI application around another one; `route_of` says, when it has answered, which route that was."""

    def __init__(self, app: App, route_of: Callable[[MutableMapping[str, Any]], str] = starlette_route) -> None:
        self.app, self.route_of = app, route_of

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        answered: list[tuple[int, float]] = []

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered.append((message["status"], time.perf_counter() - began))
            await send(message)

        with trace.going_on(_traceparent(scope), answers=True):
            try:
                await self.app(scope, receive, noting)
            except Exception:
                if not answered:
                    answered.append((500, time.perf_counter() - began))
                raise
            finally:
                for status, took_s in answered[:1]:
                    self._note(scope, status, took_s)

    def _note(self, scope: MutableMapping[str, Any], status: int, took_s: float) -> None:
        route, method = self.route_of(scope) or OTHER, scope["method"]
        if method not in METHODS:
            method = OTHER
        trace.named(f"{method} {route}", failed=status >= 500, status=status)
        REQUEST_SECONDS.labels(method, route, str(status)).observe(took_s)
        if method not in ("GET", "HEAD") or status >= 500:
            log.info("request", method=method, route=route, status=status, ms=int(took_s * 1000))


def _traceparent(scope: MutableMapping[str, Any]) -> str:
    """Two of them are none, as the standard says."""
    found = [value for name, value in scope["headers"] if name == trace.HEADER.encode()]
    return found[0].decode("latin-1") if len(found) == 1 else ""
