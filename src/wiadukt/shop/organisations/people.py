"""Logins of a buyer's people."""

from __future__ import annotations

from wiadukt.shop.accounts.models import User
from wiadukt.shop.organisations.models import Member, MemberProblem, Organisation


def give_login(member: Member) -> None:
    """A login for the member's e-mail address, or the reason why there is none. Repeatable.

    An address that already belongs to somebody else's login is refused, never shared.
    """
    problem = ""
    if not member.email:
        problem = MemberProblem.NO_EMAIL
    elif User.objects.filter(email__iexact=member.email).exclude(member=member).exists():
        problem = MemberProblem.EMAIL_TAKEN
    if problem:
        _refuse(member, problem)
        return
    user = member.user or User(email=member.email)
    user.email, user.first_name, user.last_name = member.email, member.first_name, member.last_name
    user.is_active = member.is_active and member.organisation.is_open
    if user.pk is None:
        user.set_unusable_password()
    user.save()
    if member.user_id != user.pk or member.problem:
        member.user, member.problem = user, ""
        member.save(update_fields=["user", "problem"])


def _refuse(member: Member, problem: str) -> None:
    if member.user is not None:
        member.user.is_active = False
        member.user.save(update_fields=["is_active"])
    if member.problem != problem:
        member.problem = problem
        member.save(update_fields=["problem"])


def follow_access(organisation: Organisation) -> None:
    """Logins are on while the organisation is open and the member active; nothing else of theirs changes."""
    for member in organisation.members.select_related("user").exclude(user=None):
        is_active = organisation.is_open and member.is_active and not member.problem
        if member.user.is_active != is_active:
            member.user.is_active = is_active
            member.user.save(update_fields=["is_active"])
