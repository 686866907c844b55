"""Logins of a buyer's people.

A login is an e-mail address. It belongs to the person whom WAPRO (or the buyer's manager) names under that address now;
whoever had it before and is named no more gives it up. With an address go its sessions, its password and what the
invitation opened, for the card may have become another person's; orders stay with the login.
"""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from wiadukt.shop.accounts.models import User
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change
from wiadukt.shop.organisations.models import Member, MemberProblem, Organisation, Role

SWITCHED = ("is_active", "sessions_ended")


def give_login(member: Member) -> None:
    """A login for the member's e-mail address, or the reason why there is none. Repeatable.

    An address that another person holds by right is refused, never shared. Save the addresses of everybody who changes
    in this transaction first, so that two people may swap theirs.
    """
    problem = ""
    if not member.email:
        problem = MemberProblem.NO_EMAIL
    elif not _free_address(member):
        problem = MemberProblem.EMAIL_TAKEN
    if problem:
        _refuse(member, problem)
        return
    user = member.user or User(email=member.email)
    is_another = user.email.lower() != member.email.lower()
    user.email, user.first_name, user.last_name = member.email, member.first_name, member.last_name
    _switch(user, is_active=member.is_allowed and member.organisation.is_open)
    if user.pk is None or is_another:
        user.set_unusable_password()
        user.end_sessions()
        user.save()
    else:  # the person may be setting a password just now
        user.save(update_fields=["email", "first_name", "last_name", *SWITCHED])
    if member.user_id != user.pk or member.problem or is_another:
        member.user, member.problem = user, ""
        member.invited_at = None if is_another else member.invited_at
        member.save(update_fields=["user", "problem", "invited_at"])


def _switch(user: User, *, is_active: bool) -> None:
    """Does not save. Whoever is switched off is out with the next request, and stays out when he is switched on."""
    if user.is_active and not is_active:
        user.end_sessions()
    user.is_active = is_active


def _free_address(member: Member) -> bool:
    """Takes the address from a login that holds it without right; False when somebody holds it by right."""
    holder = User.objects.filter(email__iexact=member.email).exclude(member=member).select_related("member").first()
    if holder is None:
        return True
    if _holds_by_right(holder):
        return False
    # Unique, impossible to mail to, and gone as soon as its owner gets an address of his own again.
    holder.email = f"{holder.pk}@released.invalid"
    _switch(holder, is_active=False)
    holder.save(update_fields=["email", *SWITCHED])
    return True


def _holds_by_right(user: User) -> bool:
    """The seller's people always; a buyer's person while his company is in the shop and names him so."""
    member = getattr(user, "member", None)
    if member is None:
        return user.is_staff or user.is_active
    return member.in_erp and member.organisation.in_shop and member.email.lower() == user.email.lower()


def refused_for_address() -> QuerySet[Member]:
    """People without a login whose address nobody holds by right any more."""
    holders = User.objects.filter(
        Q(member=None, is_active=True)
        | Q(is_staff=True)
        | Q(member__in_erp=True, member__organisation__in_shop=True, email__iexact=F("member__email"))
    )
    waiting = Member.objects.filter(
        problem=MemberProblem.EMAIL_TAKEN, in_erp=True, organisation__in_shop=True
    ).select_related("organisation", "user")
    return waiting.annotate(address=Lower("email")).exclude(address__in=holders.values(held=Lower("email")))


def _refuse(member: Member, problem: str) -> None:
    if member.user is not None:
        _switch(member.user, is_active=False)
        member.user.save(update_fields=SWITCHED)
    if member.problem != problem:
        member.problem = problem
        member.save(update_fields=["problem"])


def follow_access(organisation: Organisation) -> None:
    """Logins are on while the organisation is open and the member allowed; nothing else of theirs changes."""
    for member in organisation.members.select_related("user", "organisation").exclude(user=None):
        switch(member)


def switch(member: Member) -> None:
    """The member's login follows what the member and his organisation may now."""
    if member.user is None:
        return
    is_active = member.organisation.is_open and member.is_allowed and not member.problem
    if member.user.is_active != is_active:
        _switch(member.user, is_active=is_active)
        member.user.save(update_fields=SWITCHED)


def keep_managed(organisation: Organisation, **about: str) -> list[Change]:
    """When nobody who can log in runs the company any more, an approver or else the first does; rows of history.

    WAPRO may remove the last manager's contact, or his only address; the company's own people can't do that.
    """
    able = organisation.members.filter(in_erp=True, is_active=True, problem="").exclude(user=None)
    if able.filter(role=Role.MANAGER).exists():
        return []
    heir = able.filter(role=Role.APPROVER).order_by("pk").first() or able.order_by("pk").first()
    if heir is None:
        return []
    field = f"{str(heir)[:52]}: role"
    row = record.change("organisation", organisation, field, heir.role, Role.MANAGER.value, **about)
    heir.role = Role.MANAGER
    heir.save(update_fields=["role"])
    return [row]
