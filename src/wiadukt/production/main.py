"""The one place where production's parts are joined: base, routes, screens, reporter."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DataError, OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

import wiadukt
from wiadukt.contract.faults import Fault, fault, faults_of
from wiadukt.contract.problem import PROBLEM_MEDIA_TYPE, Problem
from wiadukt.production import api
from wiadukt.production.doctor import Doctor, Subject
from wiadukt.production.gateway import Gateway
from wiadukt.production.live import Live
from wiadukt.production.machines.registry import read_floor
from wiadukt.production.machines.sparkplug.watch import Watch
from wiadukt.production.observe import management_of
from wiadukt.production.refusals import Refusal
from wiadukt.production.reporter import Reporter
from wiadukt.production.screens.planner import router as plan_router
from wiadukt.production.screens.rendering import FOLDER, render, today_in
from wiadukt.production.screens.routes import refusal_in_words, router
from wiadukt.production.settings import Settings
from wiadukt.production.standings import Standings
from wiadukt.production.store import engine_of
from wiadukt.production.translations import language_of, translations_of
from wiadukt.runtime import trace
from wiadukt.runtime.body_limit import BodyLimit
from wiadukt.runtime.observed import Observed
from wiadukt.runtime.own_content import OwnContent
from wiadukt.runtime.tokens import parse_tokens

log = structlog.get_logger()
MAX_BODY_BYTES = 4_000_000
"""The largest work request of a few thousand job orders is well below."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """Production as an ASGI application; the reporter runs while it does. Settings come from the environment."""
    settings = settings or Settings()
    app = FastAPI(
        title="Wiadukt: production",
        version=wiadukt.__version__,
        docs_url=None,  # FastAPI's pages load their scripts from elsewhere; docs/openapi holds the document
        redoc_url=None,
        summary="Job orders of shop orders; progress goes to the ERP.",
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.tokens = parse_tokens(settings.tokens.get_secret_value())
    app.state.engine = engine_of(settings.database_url)
    app.state.reporter = Reporter(
        app.state.engine, _connector(settings), poll_s=settings.report_poll_s, lease_s=settings.report_lease_s
    )
    app.state.floor = read_floor(settings.machines_file)
    app.state.live = Live(settings.database_url)
    app.state.watch = Watch([one.plant for one in app.state.floor.sparkplug], changed=app.state.live.ring)
    app.state.gateway = Gateway(
        app.state.engine,
        app.state.floor.machines,
        wake_reporter=app.state.reporter.wake,
        today=lambda: today_in(settings.timezone),
        is_dead=app.state.watch.is_dead,
    )
    app.state.doctor = Doctor(Subject(app.state.engine, settings, app.state.floor, app.state.gateway.lines))
    app.state.standings = Standings(app.state.floor, app.state.gateway.lines, app.state.watch)
    app.include_router(api.router)
    app.include_router(router)
    app.include_router(plan_router)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"))
    app.add_api_route("/healthz", _healthz, methods=["GET"], operation_id="healthz")
    app.state.management = management_of(app.state.engine, settings.database_url, app.state.standings.lines)
    app.add_middleware(BodyLimit, most=MAX_BODY_BYTES)
    app.add_middleware(OwnContent)
    app.add_middleware(Observed)
    app.add_exception_handler(Refusal, _answer_refusal)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(OperationalError, _answer_no_database)
    app.add_exception_handler(DataError, _answer_unfit)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.reporter.start()
    running = [asyncio.create_task(one.run()) for one in (app.state.gateway, app.state.live, app.state.watch)]
    yield
    for task in running:
        task.cancel()
    for end in await asyncio.gather(*running, return_exceptions=True):  # one that had died must not keep the others
        if isinstance(end, Exception):
            log.error("task_had_died", exc_info=end)
    await run_in_threadpool(app.state.reporter.stop)
    app.state.reporter.client.close()
    app.state.engine.dispose()


def _connector(settings: Settings) -> httpx.Client:
    return httpx.Client(
        base_url=settings.connector_url,
        headers={"Authorization": f"Bearer {settings.connector_token.get_secret_value()}"},
        timeout=settings.report_timeout_s,
        event_hooks={"request": [trace.hand_on]},
        trust_env=False,
    )


def _healthz() -> dict[str, str]:
    """Whether this process answers."""
    return {"status": "ok"}


async def _answer_refusal(request: Request, refusal: Refusal) -> Response:
    """For programs a Problem, for people a page."""
    if not request.url.path.startswith("/v1/"):
        return render(request, "refusal.html", status=refusal.status, refusal=refusal_in_words(request, refusal))
    translate = translations_of(_language(request)).gettext
    problem = Problem.of(refusal.in_language(translate), status=refusal.status)
    headers = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "2"}}.get(refusal.status)
    return JSONResponse(problem.model_dump(), refusal.status, headers, PROBLEM_MEDIA_TYPE)


async def _answer_invalid(request: Request, error: RequestValidationError) -> Response:
    return await _answer_fault(request, faults_of(error.errors(), _language(request))[0])


async def _answer_fault(request: Request, fault: Fault) -> Response:
    what = f"{fault.field}: {fault.cause}, {fault.remedy}" if fault.field else f"{fault.cause}, {fault.remedy}"
    return await _answer_refusal(request, Refusal("invalid_request", field=fault.field, what=what))


def _language(request: Request) -> str:
    return language_of(None, request.headers.get("accept-language", ""))


async def _answer_http(request: Request, error: HTTPException) -> Response:
    if error.status_code == 404:
        return await _answer_refusal(request, Refusal("not_found"))
    if error.status_code == 400:  # a body that is no UTF-8: the same fault as one that is no JSON
        return await _answer_fault(request, fault("json_invalid", _language(request)))
    problem = Problem(title=str(error.detail), status=error.status_code, code="http_error")
    return JSONResponse(problem.model_dump(), error.status_code, error.headers, PROBLEM_MEDIA_TYPE)


async def _answer_unfit(request: Request, error: DataError) -> Response:
    """A value that the contract lets through and a base can't keep: the NUL sign, say."""
    log.warning("value_not_kept", error=str(error.orig))
    return await _answer_fault(request, fault("nul", _language(request)))


async def _answer_no_database(request: Request, error: OperationalError) -> Response:
    log.warning("database_unreachable", error=str(error.orig))
    return await _answer_refusal(request, Refusal("database_unreachable"))
