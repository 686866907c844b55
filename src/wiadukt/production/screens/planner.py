"""The planner's page: queues of work centres by days. What is dragged there is a form like any other."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from wiadukt.production import assignments, job_orders, planning, progress
from wiadukt.production.progress import Action, Step
from wiadukt.production.refusals import Refusal
from wiadukt.production.screens.rendering import render, today
from wiadukt.production.screens.routes import number, screen_router

router = screen_router()


@router.get("/plan")
def show_plan(request: Request) -> Response:
    """The queues, their load and what is late."""
    return _plan(request, "plan.html")


@router.get("/plan/part")
def show_plan_part(request: Request) -> Response:
    """The changing part, which the page asks for when it hears of a change."""
    return _plan(request, "_plan.html")


def _plan(request: Request, template: str) -> Response:
    with request.app.state.engine.connect() as connection:
        plan = planning.load_plan(connection, today(request))
        shown = [job.id for cell in plan.cells.values() for job in cell.jobs]
        at = assignments.load_assignments(connection, shown)
    floor = request.app.state.floor
    return render(request, template, plan=plan, at=at, machines=floor.machines, centres=floor.centres)


@router.get("/plan/jobs/{job_id}")
def show_change(request: Request, job_id: str, part: bool = False) -> Response:
    """What may be changed about one job: a page, or the part that the plan puts into its card."""
    with request.app.state.engine.connect() as connection:
        job = job_orders.load_job(connection, job_id)
    template, centres = "_plan_job.html" if part else "plan_job.html", request.app.state.floor.centres
    return render(request, template, job=job, centres=centres, token=secrets.token_hex(8))


@router.get("/live")
async def listen(request: Request) -> Response:
    """Server-sent events: something on the floor changed."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(request.app.state.live.changes(), media_type="text/event-stream", headers=headers)


@router.post("/plan/jobs/{job_id}/move")
def move_job(
    request: Request, job_id: str, centre: Annotated[str, Form()] = "", day: Annotated[str, Form()] = ""
) -> Response:
    """Into another queue, or on another day; an empty day is the day it is due."""
    if centre and centre not in request.app.state.floor.centres:
        raise Refusal("work_centre_not_here", field="centre", object_id=job_id, centre=centre)
    with request.app.state.engine.begin() as connection:
        planning.move(connection, job_id, work_centre=centre, day=_day(day))
    return RedirectResponse("/plan", 303)


@router.post("/plan/jobs/{job_id}/hold")
def hold_job(
    request: Request, job_id: str, token: Annotated[str, Form()], action: Annotated[Action, Form()] = Action.PAUSE
) -> Response:
    """Holds what waits, so that nobody and no machine begins it; or lets it go again."""
    with request.app.state.engine.begin() as connection:
        assignments.refuse_at_machine(connection, job_id)
        progress.take_step(connection, job_id, Step(action, token[:100]))
    request.app.state.reporter.wake()
    return RedirectResponse("/plan", 303)


@router.post("/plan/jobs/{job_id}/split")
def split_job(request: Request, job_id: str, quantity: Annotated[str, Form()] = "") -> Response:
    """Takes some pieces into a job of their own."""
    with request.app.state.engine.begin() as connection:
        planning.split(connection, job_id, number(quantity))
    return RedirectResponse("/plan", 303)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text.strip() else None
    except ValueError as error:
        raise Refusal("invalid_request", field="day", what=f"day: {text}") from error
