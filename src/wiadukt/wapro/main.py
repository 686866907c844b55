"""Where the connector's parts are joined."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import httpx
from fastapi import FastAPI

from wiadukt import __version__
from wiadukt.runtime.body_limit import BodyLimit
from wiadukt.runtime.observed import Observed
from wiadukt.runtime.own_content import OwnContent
from wiadukt.wapro import install
from wiadukt.wapro.api import add_routes
from wiadukt.wapro.capture.port import Capture
from wiadukt.wapro.capture.sweep import Sweeper
from wiadukt.wapro.capture.tracking import ChangeTracking
from wiadukt.wapro.capture.triggers import Triggers
from wiadukt.wapro.dispatch import TIMEOUT_S, Dispatcher
from wiadukt.wapro.engine import make_engine
from wiadukt.wapro.observe import management_of
from wiadukt.wapro.settings import Settings

MAX_BODY_BYTES = 4_000_000
"""The largest order of a few thousand lines is well below."""
CAPTURES: dict[str, type[Capture]] = {"triggers": Triggers, "change_tracking": ChangeTracking, "sweep": Sweeper}


def create_app(settings: Settings | None = None) -> FastAPI:
    """The connector: its API, and a dispatcher that runs as long as the API does."""
    settings = settings or Settings()
    engine = make_engine(settings.wapro_database_url)
    choices = install.Choices.of(settings)
    mend = partial(install.install, engine, capture=settings.wapro_capture, choices=choices)
    capture = CAPTURES[settings.wapro_capture](engine, settings, mend)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if not settings.shop_events_url:
            yield
            engine.dispose()
            return
        with httpx.Client(timeout=TIMEOUT_S) as http:
            dispatcher = Dispatcher(engine, settings, http)
            workers = [
                threading.Thread(target=dispatcher.run, name="dispatcher", daemon=True),
                threading.Thread(target=capture.run, name="capture", daemon=True),
            ]
            for worker in workers:
                worker.start()
            yield
            dispatcher.stopping.set()
            capture.stopping.set()
            for worker in workers:
                worker.join(timeout=TIMEOUT_S + 1)
        engine.dispose()

    app = FastAPI(
        title="Wiadukt connector",
        version=__version__,
        docs_url=None,  # FastAPI's pages load their scripts from elsewhere; docs/openapi holds the document
        redoc_url=None,
        description="What the shop and production ask of WAPRO Mag. Amounts are decimal texts, days ISO dates.",
        lifespan=lifespan,
    )
    add_routes(app, engine, settings, capture)
    app.state.management = management_of(engine, capture)
    app.add_middleware(BodyLimit, most=MAX_BODY_BYTES)
    app.add_middleware(OwnContent)
    app.add_middleware(Observed)
    return app
