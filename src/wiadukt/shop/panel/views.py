"""The seller's dashboard: what to do today, orders, buyers, and the traffic between the systems."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.forks.order.models import Order
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change, Origin
from wiadukt.shop.invoices.models import Invoice
from wiadukt.shop.invoices.money import summary_of
from wiadukt.shop.ordering.views import order_context
from wiadukt.shop.organisations import acting
from wiadukt.shop.organisations.approval import UNPLACED
from wiadukt.shop.organisations.invitations import invite_later
from wiadukt.shop.organisations.models import Member, Organisation
from wiadukt.shop.outbox.models import Destination, MessageState, OutboundMessage
from wiadukt.shop.panel.messages import KIND_WORDS, discarded
from wiadukt.shop.sync.deliver import due_keys
from wiadukt.shop.sync.models import KIND_CHOICES, ConnectorState, InboxEvent, InboxObject, InboxState

PAGE_SIZE = 25
LATE_S = 60


@staff_only
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the seller's people."""
    context = {
        "to_verify": Product.objects.filter(published_at=None, in_shop=True).count(),
        "published": Product.objects.browsable().count(),
        "orders_open": _open_orders().count(),
        "buyers": Organisation.objects.filter(is_open=True).count(),
        "debt": summary_of(Invoice.objects.all()),
        "orders": Order.objects.select_related("organisation").order_by("-date_placed")[:8],
        "arrivals": Product.objects.filter(published_at=None, in_shop=True).order_by("-date_created")[:6],
        "health": _health(),
    }
    return render(request, "panel/home.html", context)


def _open_orders() -> QuerySet[Order]:
    """What the seller has to do with; an order that waits inside its buyer's company is none of it."""
    placed = Order.objects.filter(is_gone=False).exclude(approval__in=UNPLACED)
    return placed.exclude(erp_state__in=["finished", "cancelled"])


@staff_only
def orders(request: HttpRequest) -> HttpResponse:
    found = Order.objects.select_related("organisation", "branch").order_by("-date_placed", "-id")
    asked = request.GET.get("q", "").strip()
    if asked:
        where = Q(number__icontains=asked) | Q(erp_number__icontains=asked) | Q(organisation__name__icontains=asked)
        found = found.filter(where)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "panel/orders.html", {"page": page, "asked": asked})


@staff_only
def order(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Order.objects.select_related("organisation", "branch", "delivery_place"), pk=pk)
    context = order_context(found, Invoice.objects.all()) | {"refresh_url": reverse("panel:order", args=[pk])}
    told = list(OutboundMessage.objects.filter(key=found.number).prefetch_related("interventions"))
    context |= {"outbox": told, "discarded": discarded(told), "kinds_by_code": KIND_WORDS}
    template = "ordering/_order_body.html" if request.htmx else "panel/order.html"
    return render(request, template, context)


@staff_only
def organisations(request: HttpRequest) -> HttpResponse:
    found = Organisation.objects.annotate(people=Count("members", distinct=True)).order_by("name")
    found = found.annotate(places=Count("delivery_places", distinct=True), last_order=Max("orders__date_placed"))
    asked = request.GET.get("q", "").strip()
    if asked:
        where = Q(name__icontains=asked) | Q(tax_id__icontains=asked) | Q(members__email__icontains=asked)
        found = found.filter(where).distinct()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "panel/organisations.html", {"page": page, "asked": asked})


@staff_only
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Organisation, pk=pk)
    context = {
        "organisation": found,
        "branches": found.branches.all(),
        "held": _held(found).count(),
        "people": found.members.select_related("user").prefetch_related("branches"),
        "places": found.delivery_places.filter(is_active=True),
        "debt": summary_of(Invoice.objects.filter(organisation=found)),
        "orders": found.orders.order_by("-date_placed")[:8],
        "changes": Change.objects.filter(kind="organisation", object_id=found.pk)[:40],
    }
    return render(request, "panel/organisation.html", context)


@staff_only
@require_POST
@transaction.atomic
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends an invitation again: the old link may have expired or got lost."""
    member = get_object_or_404(Member.objects.select_related("user", "organisation"), pk=pk)
    if member.user is None or not member.user.is_active:
        messages.error(request, _("%(who)s has no login: correct the e-mail address in WAPRO.") % {"who": member})
    else:
        _invite(member, request.user)
        messages.success(request, _("An invitation goes to %(email)s.") % {"email": member.email})
    return redirect("panel:organisation", pk=member.organisation_id)


@staff_only
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """'Log in as': see and do what this person may, under both names."""
    member = get_object_or_404(Member, pk=pk)
    if acting.begin(request, pk) is None:
        messages.error(request, _("%(who)s has no login that is on.") % {"who": member})
        return redirect("panel:organisation", pk=member.organisation_id)
    return redirect("catalogue:index")


@staff_only
@require_POST
@transaction.atomic
def invite_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Invites everybody who was taken over on the flag day and waits for it."""
    found = get_object_or_404(Organisation, pk=pk)
    people = list(_held(found).select_for_update(of=("self",)))
    for member in people:
        _invite(member, request.user)
    text = ngettext("%(n)d invitation goes out.", "%(n)d invitations go out.", len(people))
    messages.success(request, text % {"n": len(people)})
    return redirect("panel:organisation", pk=pk)


def _held(organisation: Organisation) -> QuerySet[Member]:
    """People who have a login and were never invited, since they came on the flag day."""
    held = organisation.members.filter(invitation_held=True, invited_at=None, user__is_active=True)
    return held.select_related("user", "organisation")


def _invite(member: Member, author: User) -> None:
    member.invited_at, member.invitation_held = None, False
    member.save(update_fields=["invited_at", "invitation_held"])
    about = {"origin": Origin.STAFF, "author": author.email}
    record.save([record.change("organisation", member.organisation, "invitation", "", str(member), **about)])
    invite_later(member)


@staff_only
def sync(request: HttpRequest) -> HttpResponse:
    """Both directions at a glance, and what was refused with its cause."""
    context = {
        "health": _health(),
        "kinds_by_code": KIND_WORDS,
        "inbox": _inbox_counts(),
        "kind_words": dict(KIND_CHOICES),
        "destination_words": dict(Destination.choices),
        "state_words": dict(MessageState.choices),
        "outbox": _outbox_counts(),
        "refused_in": InboxObject.objects.filter(state=InboxState.REJECTED).order_by("-changed_at")[:50],
        "retrying_in": InboxObject.objects.filter(state=InboxState.WAITING, attempts__gt=0)[:50],
        "refused_out": OutboundMessage.objects.filter(state=MessageState.REJECTED).order_by("-id")[:50],
        "waiting_out": OutboundMessage.objects.filter(state=MessageState.WAITING).order_by("id")[:50],
        "events": InboxEvent.objects.order_by("-received_at")[:25],
        "messages_out": OutboundMessage.objects.order_by("-id")[:25],
    }
    template = "panel/_sync_body.html" if request.htmx else "panel/sync.html"
    return render(request, template, context)


def _inbox_counts() -> dict[str, dict[str, int]]:
    rows = InboxObject.objects.order_by().values_list("kind", "state").annotate(Count("id"))
    counts: dict[str, dict[str, int]] = {}
    for kind, state, n in rows:
        counts.setdefault(kind, {"waiting": 0, "applied": 0, "rejected": 0})[state] = n
    return counts


def _outbox_counts() -> QuerySet[OutboundMessage, dict[str, Any]]:
    found = OutboundMessage.objects.order_by("destination", "state")
    return found.values("destination", "state").annotate(n=Count("id"))


def _health() -> dict[str, Any]:
    """One word for the whole road, and what to look at first."""
    oldest = InboxObject.objects.filter(state=InboxState.WAITING).aggregate(at=Min("changed_at"))["at"]
    oldest_out = OutboundMessage.objects.filter(state=MessageState.WAITING).aggregate(at=Min("created_at"))["at"]
    refused = InboxObject.objects.filter(state=InboxState.REJECTED).count()
    refused += OutboundMessage.objects.filter(state=MessageState.REJECTED).count()
    ages = [(timezone.now() - at).total_seconds() for at in (oldest, oldest_out) if at]
    age_s = max(ages, default=0)
    word = "error" if refused else "late" if age_s > LATE_S else "ok"
    connector = ConnectorState.objects.first()
    return {"word": word, "refused": refused, "age_s": int(age_s), "due": len(due_keys()), "connector": connector}
