"""The only door to a member's documents: every view of a buyer asks here, none filters by itself.

A manager sees the whole organisation, others what belongs to their branches. A closed organisation's people
cannot log in at all; someone who is not a member sees nothing.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from oscar.core.loading import get_model

from wiadukt.shop.accounts.models import User
from wiadukt.shop.organisations.approval import Approval
from wiadukt.shop.organisations.models import Branch, DeliveryPlace, Member, Organisation, Role


def member_of(user: User) -> Member | None:
    """The active membership of this login, with its organisation, or None (staff, outsiders)."""
    if not user.is_authenticated:
        return None
    members = Member.objects.select_related("organisation")
    return members.filter(user=user, in_erp=True, is_active=True, organisation__is_open=True).first()


def member_at(request: HttpRequest) -> Member | None:
    """The same of who asks, looked up once in a request: for pages that show. Who decides asks `member_of`."""
    asks, found = getattr(request, "_member", (None, None))
    if asks is None or asks != request.user.pk:
        asks, found = request.user.pk, member_of(request.user)
        request._member = (asks, found)  # type: ignore[attr-defined]
    return found


def organisation_of(user: User) -> Organisation | None:
    member = member_of(user)
    return member.organisation if member else None


def may_see_goods(request: HttpRequest) -> bool:
    """The seller's people and buyers; a login that belongs to no open company sees neither goods nor prices."""
    return request.user.is_staff or member_at(request) is not None


def branches_of(member: Member) -> QuerySet[Branch]:
    branches = Branch.objects.filter(organisation=member.organisation)
    return branches if member.role == Role.MANAGER else branches.filter(members=member)


def ordering_branches_of(member: Member) -> QuerySet[Branch]:
    """Those that take orders: a retired one's documents are still seen by its people, but nothing is added to them."""
    return branches_of(member).filter(is_active=True)


def managed_by(user: User) -> Organisation | None:
    """The organisation whose people and branches this login runs, or None."""
    member = member_of(user)
    return member.organisation if member is not None and member.role == Role.MANAGER else None


def people_of(member: Member) -> QuerySet[Member]:
    """A manager sees all people of the organisation, others those of their branches."""
    people = member.organisation.members.select_related("user").prefetch_related("branches")
    if member.role == Role.MANAGER:
        return people
    return people.filter(branches__in=branches_of(member)).distinct()


def places_of(member: Member) -> QuerySet[DeliveryPlace]:
    """Places that are in use, of the member's branches and those that serve every branch."""
    places = DeliveryPlace.objects.filter(organisation=member.organisation, is_active=True, retired_at=None)
    if member.role == Role.MANAGER:
        return places
    return places.filter(Q(branches=None) | Q(branches__in=branches_of(member))).distinct()


def orders_of(user: User) -> QuerySet:
    """Orders of the member's branches, newest first."""
    orders = get_model("order", "Order").objects.select_related("organisation", "branch", "delivery_place")
    member = member_of(user)
    if member is None:
        return orders.none()
    orders = orders.filter(organisation=member.organisation)
    if member.role != Role.MANAGER:
        orders = orders.filter(branch__in=branches_of(member))
    return orders.order_by("-date_placed", "-id")


def approvals_of(user: User) -> QuerySet:
    """Orders that wait for this member's decision, oldest first: never his own."""
    member = member_of(user)
    if member is None or member.role == Role.BUYER:
        return orders_of(user).none()
    return orders_of(user).filter(approval=Approval.WAITING).exclude(user=user).order_by("date_placed", "id")


def questions_of(user: User) -> QuerySet:
    """Questions that were asked in the name of the member's branches, last changed first."""
    questions = get_model("questions", "Question").objects.all()
    member = member_of(user)
    return questions.filter(branch__in=branches_of(member)) if member else questions.none()


def parts_of(user: User) -> QuerySet:
    """Parts of invoices the organisation owes: for a manager all, for others those of their branches.

    A part without an order is of the default branch.
    """
    parts = get_model("invoices", "InvoiceShare").objects.all()
    member = member_of(user)
    if member is None:
        return parts.none()
    parts = parts.filter(invoice__organisation=member.organisation)
    return parts if member.role == Role.MANAGER else parts.of_branches(branches_of(member), member.organisation)


def receivables_of(member: Member | None) -> QuerySet:
    """What the organisation owes by no invoice: it belongs to no branch, so it is for managers alone."""
    found = get_model("invoices", "OtherReceivable").objects.all()
    if member is None or member.role != Role.MANAGER:
        return found.none()
    return found.filter(organisation=member.organisation)


def invoices_of(user: User) -> QuerySet:
    """Invoices the organisation owes: for a manager all, for others those with a part of their branches."""
    invoices = get_model("invoices", "Invoice").objects.select_related("organisation")
    member = member_of(user)
    if member is None:
        return invoices.none()
    invoices = invoices.filter(organisation=member.organisation)
    if member.role != Role.MANAGER:
        invoices = invoices.of_branches(branches_of(member), member.organisation)
    return invoices.order_by("-issued_on", "-id")
