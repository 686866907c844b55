"""Logins of a buyer's people.

A login is an e-mail address. It belongs to the person whom WAPRO (or the buyer's manager) names under that address now;
whoever had it before and is named no more gives it up, and with it his sessions; orders and password stay his own.
"""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from wiadukt.shop.accounts.models import User
from wiadukt.shop.organisations.models import Member, MemberProblem, Organisation


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
    user.email, user.first_name, user.last_name = member.email, member.first_name, member.last_name
    user.is_active = member.is_allowed and member.organisation.is_open
    if user.pk is None:
        user.set_unusable_password()
    user.save()
    if member.user_id != user.pk or member.problem:
        member.user, member.problem = user, ""
        member.save(update_fields=["user", "problem"])


def _free_address(member: Member) -> bool:
    """Takes the address from a login that holds it without right; False when somebody holds it by right."""
    holder = User.objects.filter(email__iexact=member.email).exclude(member=member).select_related("member").first()
    if holder is None:
        return True
    if _holds_by_right(holder):
        return False
    # Unique, impossible to mail to, and gone as soon as its owner gets an address of his own again.
    holder.email, holder.is_active = f"{holder.pk}@released.invalid", False
    holder.save(update_fields=["email", "is_active"])
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
        member.user.is_active = False
        member.user.save(update_fields=["is_active"])
    if member.problem != problem:
        member.problem = problem
        member.save(update_fields=["problem"])


def follow_access(organisation: Organisation) -> None:
    """Logins are on while the organisation is open and the member allowed; nothing else of theirs changes."""
    for member in organisation.members.select_related("user").exclude(user=None):
        is_active = organisation.is_open and member.is_allowed and not member.problem
        if member.user.is_active != is_active:
            member.user.is_active = is_active
            member.user.save(update_fields=["is_active"])
