"""The seller's dashboard: what to do today."""

from __future__ import annotations

from typing import Any

from django.db.models import Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.staff import may_see_intake, staff_only
from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.invoices.money import summary_of
from wiadukt.shop.organisations.approval import UNPLACED
from wiadukt.shop.outbox.models import MessageState, OutboundMessage
from wiadukt.shop.sellers import access
from wiadukt.shop.sync.models import ConnectorState, InboxState

LATE_S = 60


@staff_only
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person."""
    user = request.user
    orders = access.orders_of(user)
    # An order that waits inside its buyer's company is nothing the seller has to do with.
    placed = orders.filter(is_gone=False).exclude(approval__in=UNPLACED)
    context = {
        "orders_open": placed.exclude(erp_state__in=["finished", "cancelled"]).count(),
        "buyers": access.organisations_of(user).filter(is_open=True).count(),
        "debt": summary_of(access.parts_of(user)),
        "orders": orders[:8],
        "questions": access.questions_of(user).filter(state="open").select_related("organisation")[:5],
        "health": _health(user),
    }
    return render(request, "panel/home.html", context | (_goods() if may_see_intake(user) else {}))


def _goods() -> dict[str, Any]:
    waiting = Product.objects.filter(published_at=None, in_shop=True)
    return {
        "to_verify": waiting.count(),
        "published": Product.objects.browsable().count(),
        "arrivals": waiting.order_by("-date_created")[:6],
    }


def _health(user: User) -> dict[str, Any]:
    """One word for the road of what this person looks after, and what to look at first."""
    said: QuerySet[OutboundMessage] = access.messages_of(user)
    announced = access.announced_of(user)
    oldest = announced.filter(state=InboxState.WAITING).aggregate(at=Min("changed_at"))["at"]
    oldest_out = said.filter(state=MessageState.WAITING).aggregate(at=Min("created_at"))["at"]
    refused = announced.filter(state=InboxState.REJECTED).count()
    refused += said.filter(state=MessageState.REJECTED).count()
    ages = [(timezone.now() - at).total_seconds() for at in (oldest, oldest_out) if at]
    age_s = max(ages, default=0)
    word = "error" if refused else "late" if age_s > LATE_S else "ok"
    connector = ConnectorState.objects.first()
    return {"word": word, "refused": refused, "age_s": int(age_s), "connector": connector}
