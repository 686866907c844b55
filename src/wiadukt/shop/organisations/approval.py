"""Which orders wait for approval inside the buyer's company, and who may decide.

An order waits when its branch asks for approval and its net value is over the limit of whoever orders. A manager's
orders never wait. An approver's own order over his limit waits like anybody's: another approver of the branch or a
manager decides, never he himself.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.organisations.models import Branch, Member, Role


class Approval(TextChoices):
    """Where an order over its buyer's limit stands inside the buyer's company; most orders need none."""

    NONE = "", _("needs no approval")
    WAITING = "waiting", _("awaits approval")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")
    # Of a changed order only, see `ordering.changing`.
    CHANGING = "changing", _("change under way")
    ASKED = "asked", _("change asked of the salesman")
    AGREED = "agreed", _("change agreed")
    DECLINED = "declined", _("change declined")


DECIDED_CHANGES = (Approval.AGREED, Approval.DECLINED)
OPEN_CHANGES = (Approval.WAITING, Approval.CHANGING, Approval.ASKED)
"""While a changed order stands so, the order whose place it is to take can't be changed or cancelled otherwise."""
UNPLACED = (
    Approval.WAITING,
    Approval.REJECTED,
    Approval.WITHDRAWN,
    Approval.CHANGING,
    Approval.ASKED,
    *DECIDED_CHANGES,
)
"""Such an order is no order of the seller's: WAPRO and production know nothing of it, and it keeps no goods."""


def must_wait(member: Member, branch: Branch, net: Decimal) -> bool:
    """Whether an order of this net value in PLN, by this member for this branch, waits for approval."""
    if member.role == Role.MANAGER or member.order_limit is None or not branch.needs_approval:
        return False
    return net > member.order_limit


def approvers_of(order: Any) -> QuerySet[Member]:
    """Who may decide about this order and can log in: approvers of its branch and managers, never its own buyer."""
    people = Member.objects.filter(
        organisation=order.organisation_id, in_erp=True, is_active=True, user__is_active=True
    ).exclude(user=order.user_id)
    deciding = Q(role=Role.MANAGER) | Q(role=Role.APPROVER, branches=order.branch_id)
    return people.filter(deciding).distinct()


def asked_for(order: Any) -> list[Member]:
    """Whom the shop asks by e-mail and names on the page: approvers of the branch, or managers where it has none."""
    people = list(approvers_of(order))
    return [person for person in people if person.role == Role.APPROVER] or people
