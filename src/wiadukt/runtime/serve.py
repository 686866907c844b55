"""Runs an ASGI application with its management address beside it: each of ours the same way."""

from __future__ import annotations

import sys
from dataclasses import replace

from wiadukt.runtime import heap
from wiadukt.runtime.body_limit import App
from wiadukt.runtime.management import Management


def serve(app: App, management: Management, *, listen: str, host: str, port: int, lifespan: bool = True) -> None:
    """Until a signal; ready only when it answers at its own address, too. `listen` is the management's host:port."""
    import uvicorn

    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        log_level="warning",
        lifespan="on" if lifespan else "off",
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)

    def lacking() -> list[str]:
        return [*([] if server.started else [f"Does not listen at {host}:{port} yet."]), *management.lacking()]

    with replace(management, lacking=lacking).serving(listen):
        heap.settle()
        server.run()
    if not server.started:
        sys.exit(3)
