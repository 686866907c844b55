"""The seller's dashboard: what to do today."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.staff import may_see_intake, staff_only
from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.health import measure
from wiadukt.shop.health.advice import advice, age
from wiadukt.shop.health.diagnosis import diagnose
from wiadukt.shop.health.state import State
from wiadukt.shop.health.words import Counts
from wiadukt.shop.invoices.money import summary_of
from wiadukt.shop.organisations.approval import UNPLACED
from wiadukt.shop.outbox.models import MessageState
from wiadukt.shop.roads.models import Road
from wiadukt.shop.sellers import access


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
        "debt": summary_of(access.parts_of(user), others=access.receivables_of(user)),
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
    """What stands in the way of the buyers that this person looks after, by the overview's own rule."""
    state, agreed = measure.measure(), measure.agreed()
    sees_all = access.sees_all(user)
    if not sees_all:
        state = _narrowed(state, user)
    told = [advice(one, names_people=sees_all, administers=user.is_superuser) for one in diagnose(state, agreed)]
    return {"first": told[0] if told else None, "others": told[1:], "agreed": age(agreed.arrive_s)}


def _narrowed(state: State, user: User) -> State:
    """The same moment, but of messages and orders only those of this person's buyers."""
    said, announced = access.messages_of(user), access.announced_of(user)
    roads = {
        road: _counts(said.filter(destination=road.removeprefix("to_")), "created_at", state.at)
        for road in (Road.TO_WAPRO, Road.TO_PRODUCTION)
    }
    roads[Road.FROM_WAPRO] = _counts(announced.filter(quiet=False), Coalesce("waiting_since", "changed_at"), state.at)
    lost = measure.lost_orders(state.at).filter(pk__in=access.orders_of(user).order_by().values("pk"))
    oldest = lost.aggregate(at=Min("date_placed"))["at"]
    return replace(
        state,
        roads=roads,
        rejections={},
        hindrances={},
        meaningless=(),
        broken=None,
        lost_orders=lost.count(),
        oldest_lost_s=(state.at - oldest).total_seconds() if oldest else None,
    )


def _counts(rows: QuerySet[Any], since: Any, now: datetime) -> Counts:
    """Outbox and inbox call these two states alike."""
    waiting, rejected = Q(state=MessageState.WAITING), Q(state=MessageState.REJECTED)
    seen = rows.aggregate(
        waiting=Count("pk", filter=waiting), rejected=Count("pk", filter=rejected), at=Min(since, filter=waiting)
    )
    oldest_s = (now - seen["at"]).total_seconds() if seen["at"] else None
    return Counts(waiting=seen["waiting"], rejected=seen["rejected"], oldest_s=oldest_s)
