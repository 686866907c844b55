"""Runs an ASGI application with its management address beside it: each of ours the same way."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

from wiadukt.runtime import heap
from wiadukt.runtime.body_limit import App
from wiadukt.runtime.management import Management


def serve(
    app: App,
    management: Management,
    *,
    listen: str,
    host: str,
    port: int,
    lifespan: bool = True,
    ending: Callable[[], None] = lambda: None,
) -> None:
    """Until a signal; ready only when it answers at its own address, too. `listen` is the management's host:port.
    `ending` is called at the signal: answers that go on for ever end there, for those are waited for."""
    import uvicorn

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            super().handle_exit(sig, frame)
            ending()

    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        log_level="warning",
        lifespan="on" if lifespan else "off",
        timeout_graceful_shutdown=5,
    )
    server = Server(config)

    def lacking() -> list[str]:
        return [*([] if server.started else [f"Does not listen at {host}:{port} yet."]), *management.lacking()]

    with replace(management, lacking=lacking).serving(listen):
        heap.settle()
        server.run()
    if not server.started:
        sys.exit(3)
