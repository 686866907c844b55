"""The pages of the floor. Every change is a form with a token of its own, answered by a redirect (PRG)."""

from __future__ import annotations

import secrets
from decimal import Decimal, InvalidOperation
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from wiadukt.contract.errors import Refused
from wiadukt.production import assignments, job_orders, plan, progress, reporter, workloads
from wiadukt.production.progress import Action, Step
from wiadukt.production.refusals import NEEDS_NOTE, Refusal
from wiadukt.production.screens.rendering import day_start, language_for, render
from wiadukt.production.translations import COOKIE, LANGUAGES, translations_of

YEAR_S = 365 * 24 * 3600


def _from_here(request: Request) -> None:
    """Screens have no login, so a form of another site must not reach them through an operator's browser."""
    if request.method == "POST" and request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refusal("foreign_site")


def screen_router() -> APIRouter:
    """Routes for people: in no interface document, and out of reach of other sites."""
    return APIRouter(include_in_schema=False, dependencies=[Depends(_from_here)], default_response_class=HTMLResponse)


router = screen_router()


def refusal_in_words(request: Request, refusal: Refusal) -> Refused:
    """The refusal in the reader's language."""
    return refusal.in_language(translations_of(language_for(request)).gettext)


@router.get("/")
def show_board(request: Request) -> Response:
    """The planner's board."""
    return _board(request, "board.html")


@router.get("/board")
def show_board_part(request: Request) -> Response:
    """The board's changing part, which the page asks for every few seconds."""
    return _board(request, "_board.html")


def _board(request: Request, template: str) -> Response:
    with request.app.state.engine.connect() as connection:
        columns = plan.load_board(connection, day_start=day_start(request))
        delivery = plan.load_delivery(connection)
        shown = [job.id for column in columns for job in column.jobs]
        at = assignments.load_assignments(connection, shown)
        loads = workloads.load_workloads(connection)
    standings = request.app.state.standings
    floor = {"machines": request.app.state.floor.machines, "lines": standings.lines(), "standings": standings.all()}
    return render(request, template, columns=columns, delivery=delivery, at=at, workloads=loads, **floor)


@router.get("/orders/{order_number}")
def show_order(request: Request, order_number: str) -> Response:
    """One order: its jobs, what was done, what the ERP was told."""
    with request.app.state.engine.connect() as connection:
        page = plan.load_order(connection, order_number)
        documents = job_orders.load_documents(connection, order_number)
    return render(request, "order.html", page=page, documents=documents)


@router.post("/orders/{order_number}/reports")
def send_reports_again(request: Request, order_number: str) -> Response:
    """Rejected reports of this order go out once more. A repeat does no harm."""
    with request.app.state.engine.begin() as connection:
        reporter.send_again(connection, order_number)
    request.app.state.reporter.wake()
    return _see_other(f"/orders/{quote(order_number, safe='')}")


@router.get("/terminal")
def show_terminal(request: Request, job: str = "", centre: str = "") -> Response:
    """The list to choose from; a scanned job opens at once, a scanned order shows its jobs only,
    and `centre` those of one work centre."""
    code, refusal = job.strip(), None
    with request.app.state.engine.connect() as connection:
        if code:
            try:
                found = job_orders.load_job(connection, code)
                return _see_other(f"/terminal/{quote(found.id, safe='')}")
            except Refusal as error:
                refusal = error
        jobs = plan.load_to_do(connection, order_number=code.upper()) if code else []
        refusal = None if jobs else refusal
        jobs = jobs or plan.load_to_do(connection, work_centre=centre)
        loads = workloads.load_workloads(connection)
    words = refusal_in_words(request, refusal) if refusal else None
    filtered = code.upper() if code and not refusal else ""
    status = refusal.status if refusal else 200
    page = {"jobs": jobs, "code": code, "refusal": words, "filtered": filtered, "workloads": loads}
    centres = request.app.state.floor.centres
    standings = request.app.state.standings.all(centre)
    return render(request, "terminal.html", status=status, **page, centres=centres, centre=centre, standings=standings)


@router.get("/terminal/machines")
def show_machines(request: Request, centre: str = "") -> Response:
    """How the machines are, for a terminal that hears of a change."""
    with request.app.state.engine.connect() as connection:
        loads = workloads.load_workloads(connection)
    return render(request, "_machines.html", standings=request.app.state.standings.all(centre), workloads=loads)


@router.get("/terminal/{job_id}")
def show_job(request: Request, job_id: str, repeated: bool = False) -> Response:
    """The operator's page of one job."""
    return _job(request, job_id, repeated=repeated)


def _job(
    request: Request, job_id: str, *, repeated: bool = False, refusal: Refusal | None = None, step: Step | None = None
) -> Response:
    with request.app.state.engine.connect() as connection:
        job = job_orders.load_job(connection, job_id)
        steps = plan.load_steps(connection, job_id)
        at = assignments.load_assignments(connection, [job_id]).get(job_id)
        loads = workloads.load_workloads(connection)
        documents = job_orders.load_documents(connection, job.order_number)
    return render(
        request,
        "job.html",
        documents=documents,
        status=refusal.status if refusal else 200,
        job=job,
        steps=steps,
        machines=request.app.state.floor.machines,
        lines=request.app.state.standings.lines(),
        standings=[one for one in request.app.state.standings.all() if at and one.id == at.machine_id],
        at=at,
        workloads=loads,
        allowed=progress.allowed_actions(job.state),
        remaining=max(Decimal(0), job.quantity - job.good),
        token=secrets.token_urlsafe(12),
        repeated=repeated,
        refusal=refusal_in_words(request, refusal) if refusal else None,
        to_confirm=step if refusal and refusal.code in NEEDS_NOTE else None,
    )


@router.post("/terminal/{job_id}/steps")
def take_step(
    request: Request,
    job_id: str,
    action: Annotated[Action, Form()],
    token: Annotated[str, Form()] = "",
    quantity: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """One tap. The same token counts once; a refusal is shown on the job's page."""
    step = Step(action, token[:100], number(quantity), note.strip()[:500])
    try:
        with request.app.state.engine.begin() as connection:
            assignments.refuse_at_machine(connection, job_id)
            taken = progress.take_step(connection, job_id, step)
    except Refusal as refusal:
        if refusal.code == "job_not_here":
            raise
        return _job(request, job_id, refusal=refusal, step=step)
    request.app.state.reporter.wake()
    return _see_other(f"/terminal/{quote(job_id, safe='')}" + ("" if taken else "?repeated=1"))


def number(text: str) -> Decimal:
    """A quantity as people write it, with a comma or a point; 0 (which is refused later) for anything else."""
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return Decimal(0)


@router.post("/terminal/{job_id}/machine")
def choose_machine(request: Request, job_id: str, machine: Annotated[str, Form()] = "") -> Response:
    """Gives the job to a machine, or takes it back to people when none is named."""
    with request.app.state.engine.begin() as connection:
        if not machine:
            assignments.take_back(connection, job_id)
        elif machine in request.app.state.floor.machines:
            assignments.assign(connection, job_id, machine)
        else:
            raise Refusal("machine_not_here", field="machine", object_id=job_id, machine=machine)
    return _see_other(f"/terminal/{quote(job_id, safe='')}")


@router.post("/terminal/{job_id}/release")
def release_from_machine(request: Request, job_id: str) -> Response:
    """A person says that the machine, which does not answer, does not work on the job."""
    with request.app.state.engine.begin() as connection:
        assignments.release(connection, job_id)
    return _see_other(f"/terminal/{quote(job_id, safe='')}")


@router.get("/lang/{language}")
def choose_language(language: str, back: str = "/") -> Response:
    """Keeps the choice for a year and leads back; never to another site."""
    response = _see_other(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/")
    if language in LANGUAGES:
        response.set_cookie(COOKIE, language, max_age=YEAR_S, samesite="lax", httponly=True)
    return response


def _see_other(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)
