"""What a manager does with the people of his organisation: invite, move, change the role, limit, switch off and on.

Every deed is in the organisation's history with its author. Each asks again, behind the organisation's lock, whether
its author still is a manager of it; nobody takes his own right away, so that a manager always remains.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.signature import signature
from wiadukt.shop.history import record
from wiadukt.shop.organisations.access import managed_by, member_of
from wiadukt.shop.organisations.invitations import invite_later
from wiadukt.shop.organisations.locks import lock_organisation
from wiadukt.shop.organisations.models import Branch, Member, MemberProblem, Organisation, Role
from wiadukt.shop.organisations.people import give_login, switch

KIND = "organisation"


class CannotManage(Exception):
    """The deed is refused; the text says why and what to do, `field` where in the form."""

    def __init__(self, text: str, field: str | None = None) -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True)
class Card:
    """What a person says of himself."""

    first_name: str
    last_name: str
    position: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Person(Card):
    """Somebody to invite."""

    email: str


@dataclass(frozen=True)
class Seat:
    """What a member may do and where. `order_limit`: net PLN above which his orders wait; None is no limit."""

    role: str
    branches: tuple[Branch, ...]
    order_limit: Decimal | None = None


def managed_organisation(by: User) -> Organisation:
    """The author's organisation, locked. Raises CannotManage when he is no manager any more."""
    found = managed_by(by)
    organisation = lock_organisation(found.pk) if found is not None else None
    if organisation is None or managed_by(by) is None:
        raise CannotManage(_("Only a manager of the company can do this."))
    return organisation


@transaction.atomic
def invite(person: Person, seat: Seat, by: User) -> Member:
    """A new person with a login and an invitation on its way. Raises CannotManage naming the field."""
    organisation = managed_organisation(by)
    email = person.email.lower()
    if organisation.members.filter(email__iexact=email).exists():
        raise CannotManage(_("This person is on your list already: change or switch on the entry there."), "email")
    _check(organisation, seat)
    values = {**vars(person), "email": email}
    member = Member.objects.create(organisation=organisation, role=seat.role, order_limit=seat.order_limit, **values)
    member.branches.set(seat.branches)
    try:
        with transaction.atomic():  # two companies may invite one address at once
            give_login(member)
    except IntegrityError:
        member.problem = MemberProblem.EMAIL_TAKEN
    if member.problem:
        raise CannotManage(_("This address belongs to another login of the shop: use a different one."), "email")
    record.save([
        record.change(KIND, organisation, "member", "", str(member), **signature(by)),
        *_seat_changes(member, Seat("", ()), seat, by),
    ])  # fmt: skip
    invite_later(member)
    return member


@transaction.atomic
def seat(member_id: int, wanted: Seat, by: User) -> Member:
    """Changes role, branches and limit. Raises CannotManage, also when the author would lock himself out."""
    organisation = managed_organisation(by)
    member = organisation.members.select_related("user").get(pk=member_id)
    if member.user_id == by.pk and wanted.role != Role.MANAGER:
        raise CannotManage(_("You can't take your own right to run the company: another manager can."), "role")
    _check(organisation, wanted, kept=member.branches.all())
    before = Seat(member.role, tuple(member.branches.all()), member.order_limit)
    member.role, member.order_limit = wanted.role, wanted.order_limit
    member.save(update_fields=["role", "order_limit"])
    member.branches.set(wanted.branches)
    record.save(_seat_changes(member, before, wanted, by))
    return member


@transaction.atomic
def switch_member(member_id: int, *, is_active: bool, by: User) -> Member:
    """Off: no login, open sessions end with the next request. On: the login and password there were."""
    organisation = managed_organisation(by)
    member = organisation.members.select_related("user", "organisation").get(pk=member_id)
    if member.user_id == by.pk:
        raise CannotManage(_("You can't switch yourself off: another manager can."))
    changes = record.assign(KIND, member, {"is_active": is_active})
    if changes:
        member.save(update_fields=["is_active"])
        switch(member)
        record.save([_of(member, "is_active", not is_active, is_active, by)])
    return member


@transaction.atomic
def invite_again(member_id: int, by: User) -> Member:
    """A fresh link; the old one may have expired or got lost. Raises CannotManage for one without a login."""
    organisation = managed_organisation(by)
    member = organisation.members.select_related("user", "organisation").get(pk=member_id)
    if member.user is None or not member.user.is_active:
        raise CannotManage(_("%(who)s has no login that is on.") % {"who": member})
    member.invited_at, member.invitation_held = None, False
    member.save(update_fields=["invited_at", "invitation_held"])
    record.save([record.change(KIND, organisation, "invitation", "", str(member), **signature(by))])
    invite_later(member)
    return member


@transaction.atomic
def rename(card: Card, by: User) -> Member:
    """The author's own card. Raises CannotManage when WAPRO keeps it: there it is the seller's to change."""
    member = member_of(by)
    organisation = lock_organisation(member.organisation_id) if member is not None else None
    if member is None or organisation is None:
        raise CannotManage(_("You belong to no company of the shop any more."))
    member = organisation.members.select_related("user", "organisation").get(pk=member.pk)
    if member.erp_contact_id:
        raise CannotManage(_("Your card is kept by the seller: ask your salesman to change it."))
    changes = [_of(member, one.field, one.old, one.new, by) for one in record.assign(KIND, member, vars(card))]
    member.save(update_fields=list(vars(card)))
    give_login(member)
    record.save(changes)
    return member


def _check(organisation: Organisation, wanted: Seat, kept: Iterable[Branch] = ()) -> None:
    """Branches are the organisation's own and take orders, but for those that the member has already."""
    allowed = {branch.pk for branch in organisation.branches.filter(is_active=True)} | {branch.pk for branch in kept}
    if not wanted.branches:
        raise CannotManage(_("Choose at least one branch."), "branches")
    if any(branch.pk not in allowed for branch in wanted.branches):
        raise CannotManage(_("Choose branches of your company that take orders."), "branches")


def _seat_changes(member: Member, before: Seat, after: Seat, by: User) -> list[Any]:
    pairs = {
        "role": (before.role, after.role),
        "branches": (_names(before.branches), _names(after.branches)),
        "order_limit": (before.order_limit, after.order_limit),
    }
    return [_of(member, field, old, new, by) for field, (old, new) in pairs.items() if old != new]


def _of(member: Member, field: str, old: Any, new: Any, by: User) -> Any:
    """A row of the organisation's history about one person."""
    name = str(member)[: 58 - len(field)]
    return record.change(KIND, member.organisation, f"{name}: {field}", old, new, **signature(by))


def _names(branches: Iterable[Branch]) -> str:
    return ", ".join(sorted(branch.name for branch in branches))
