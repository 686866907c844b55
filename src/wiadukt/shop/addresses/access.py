"""Who may change which address: the manager all of the company's, a member the places of his own branches alone."""

from __future__ import annotations

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from wiadukt.shop.addresses.models import BranchDefault, Favourite
from wiadukt.shop.addresses.waiting import PLACE_CHANGED
from wiadukt.shop.organisations.access import branches_of, places_of
from wiadukt.shop.organisations.models import Branch, DeliveryPlace, Member, Role
from wiadukt.shop.outbox.models import MessageState, OutboundMessage


def may_change_card(member: Member) -> bool:
    return bool(member.role == Role.MANAGER)


def may_change(member: Member, place: DeliveryPlace) -> bool:
    """A place that serves other branches as well, or all of them, is the manager's."""
    if place.organisation_id != member.organisation_id:
        return False
    if member.role == Role.MANAGER:
        return True
    ties = {branch.pk for branch in place.branches.all()}
    return bool(ties) and ties <= set(branches_of(member).values_list("pk", flat=True))


def retired_of(member: Member) -> QuerySet[DeliveryPlace]:
    """Places that were retired and could be used again."""
    places = DeliveryPlace.objects.filter(organisation=member.organisation, is_active=True, retired_at__isnull=False)
    if member.role == Role.MANAGER:
        return places
    return places.filter(branches__in=branches_of(member)).distinct()


def in_his_order(places: QuerySet[DeliveryPlace], member: Member, branch: Branch | None = None) -> QuerySet:
    """His favourites first, before them what the branch orders to by default; `is_favourite` and `rank` say so."""
    favourites = Favourite.objects.filter(member=member, place=OuterRef("pk"))
    defaults = BranchDefault.objects.filter(branch=branch, place=OuterRef("pk"))
    marked = places.annotate(is_favourite=Exists(favourites), is_default=Exists(defaults))
    first, second = When(is_default=True, then=Value(0)), When(is_favourite=True, then=Value(1))
    rank = Case(first, second, default=Value(2), output_field=IntegerField())
    return marked.annotate(rank=rank).order_by("rank", "name", "pk")


def matching(places: QuerySet[DeliveryPlace], text: str) -> QuerySet[DeliveryPlace]:
    """Every word is somewhere in the name, the person, the address or the note."""
    for word in text.replace("\0", " ").split()[:8]:
        anywhere = Q()
        for field in ("name", "recipient", "street", "postal_code", "city", "note"):
            anywhere |= Q(**{f"{field}__icontains": word})
        places = places.filter(anywhere)
    return places


def orderable(member: Member, branch: Branch | None = None) -> QuerySet[DeliveryPlace]:
    """Where this member may order to now: not to a place of which WAPRO has refused to hear."""
    refused = OutboundMessage.objects.filter(kind=PLACE_CHANGED, state=MessageState.REJECTED)
    unknown = refused.filter(payload__id=None).values_list("key", flat=True)
    places = places_of(member).exclude(erp_id=None, key__in=list(unknown))
    if branch is not None:
        places = places.filter(Q(branches=None) | Q(branches=branch)).distinct()
    return places
