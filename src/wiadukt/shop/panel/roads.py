"""Pausing and resuming a road: who did it, when and for what reason stays in its list for good."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.shop.accounts.staff import administrators_only, staff_only
from wiadukt.shop.outbox.write import DELIVER_TASK
from wiadukt.shop.roads import pausing
from wiadukt.shop.roads.models import Pause, Road
from wiadukt.shop.sync.jobs import INBOX_TASK

CARRIED_BY = {Road.TO_WAPRO: DELIVER_TASK, Road.TO_PRODUCTION: DELIVER_TASK, Road.FROM_WAPRO: INBOX_TASK}
LAST_PAUSES = 20
LONGEST_REASON = Pause._meta.get_field("reason").max_length or 0


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    """Each road with its switch, and who closed which one when."""
    standing = pausing.standing()
    context = {
        "roads": [(road, standing.get(road)) for road in Road],
        "pauses": Pause.objects.all()[:LAST_PAUSES],
        "longest_reason": LONGEST_REASON,
    }
    return render(request, "panel/roads.html", context)


@administrators_only
@require_POST
def switch(request: HttpRequest, name: str, deed: str) -> HttpResponse:
    """Closes or opens one road; whoever comes second is told so."""
    if name not in Road.values or deed not in ("pause", "resume"):
        raise Http404
    road, author = Road(name), request.user.email
    if deed == "pause":
        _pause(request, road, author)
    elif pausing.resume(road, author, CARRIED_BY[road]):
        messages.success(request, _("Resumed: %(road)s. What has waited goes on now.") % {"road": road.label})
    else:
        messages.warning(request, _("This direction is not paused."))
    return redirect("panel:roads")


def _pause(request: HttpRequest, road: Road, author: str) -> None:
    reason = request.POST.get("reason", "").strip()
    if not reason:
        messages.error(request, _("Reason: write why, so that the others know whether they may resume."))
    elif len(reason) > LONGEST_REASON:
        said = {"most": LONGEST_REASON, "has": len(reason)}
        messages.error(request, _("Reason: at most %(most)d characters, this one has %(has)d.") % said)
    elif pausing.pause(road, reason, author):
        messages.success(
            request, _("Paused: %(road)s. What is to be carried waits; nothing is lost.") % {"road": road.label}
        )
    else:
        messages.warning(request, _("This direction is paused already."))
