"""Where the connector's events arrive."""

from __future__ import annotations

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic import TypeAdapter, ValidationError

from wiadukt.contract.event import ThinEvent
from wiadukt.contract.problem import PROBLEM_MEDIA_TYPE, Problem
from wiadukt.runtime.signing import InvalidSignature, split_secrets, verify
from wiadukt.shop.sync import inbox
from wiadukt.shop.sync.jobs import wake_inbox

log = structlog.get_logger()
EVENTS = TypeAdapter(list[ThinEvent])


@csrf_exempt
@login_not_required
@require_POST
def events(request: HttpRequest) -> HttpResponse:
    """Stores a signed batch and answers 202 at once; nothing is fetched here. `asgi.py` keeps the body small."""
    try:
        verify(split_secrets(settings.ENVIRONMENT.webhook_secrets), headers=request.headers, body=request.body)
    except InvalidSignature as error:
        return _problem(401, "bad_signature", str(error), "Give the shop and the connector the same key; check clocks.")
    try:
        batch = EVENTS.validate_json(request.body)
    except ValidationError as error:
        return _problem(400, "not_events", str(error), "Send a JSON list of CloudEvents.")
    new = inbox.accept(batch)
    wake_inbox()
    log.info("events_accepted", count=len(batch), new=new)
    return JsonResponse({"accepted": len(batch), "new": new}, status=202)


def _problem(status: int, code: str, title: str, detail: str) -> HttpResponse:
    problem = Problem(title=title, detail=detail, status=status, code=code)
    return HttpResponse(problem.model_dump_json(), status=status, content_type=PROBLEM_MEDIA_TYPE)
