"""What WAPRO's letters of order statuses mean: shown with the other dictionaries, said here."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wiadukt.contract.errors import Misconfigured, Refused, Unreachable
from wiadukt.shop.accounts.staff import administrators_only
from wiadukt.shop.forks.order.models import STATE_CHOICES
from wiadukt.shop.panel.models import PanelAction, PanelDeed
from wiadukt.shop.sync import client, statuses
from wiadukt.shop.sync.models import ErpStatus


@dataclass(frozen=True)
class Listed:
    """One letter as it is shown; `orders`: how many stand in it and are not over."""

    status: ErpStatus
    orders: int


def listed_statuses() -> list[Listed]:
    """Every letter, those without a meaning first."""
    rows = sorted(ErpStatus.objects.all(), key=lambda row: (bool(row.state), row.letter))
    counts = statuses.standing_in([row.letter for row in rows])
    return [Listed(row, counts.get(row.letter, 0)) for row in rows]


@administrators_only
@require_POST
@transaction.atomic
def say(request: HttpRequest) -> HttpResponse:
    """What this letter means from now on. The connector announces the orders that have it, and just those come anew."""
    back = redirect(reverse("panel:forms") + "#statuses")
    state = request.POST.get("state", "")
    row = ErpStatus.objects.filter(letter=request.POST.get("letter", "").replace("\0", ""), is_fixed=False).first()
    if row is None or state not in {"", *dict(STATE_CHOICES)}:
        messages.error(request, _("Choose what the letter means."))
        return back
    try:
        count = statuses.say(client.connector(), row.letter, state)
    except (Unreachable, Misconfigured, Refused) as error:
        messages.error(request, _("The connector did not keep it: %(why)s") % {"why": error})
        return back
    said = str(dict(STATE_CHOICES).get(state, "–"))
    PanelDeed.objects.create(
        author=request.user.email, action=PanelAction.MAPPED, outcome=f"{row.letter} ({row.label}) → {said}"
    )
    told = ngettext("Kept. %(n)d order is fetched again.", "Kept. %(n)d orders are fetched again.", count)
    messages.success(request, told % {"n": count})
    return back
