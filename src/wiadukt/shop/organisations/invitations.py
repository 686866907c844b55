"""Invitations: a link by which a member sets the first password."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from wiadukt.shop import mailing
from wiadukt.shop.accounts.links import set_password_url
from wiadukt.shop.organisations.models import Member

INVITE_TASK = "wiadukt.invite"


def invite_later(member: Member) -> None:
    """Defers the invitation in the transaction that made the login; nobody is invited twice, or against a hold."""
    if may_be_invited(member) and not member.invitation_held:
        app.configure_task(INVITE_TASK).defer(member_id=member.pk)


def may_be_invited(member: Member) -> bool:
    """Has a login that is on, and no invitation yet."""
    return member.user is not None and member.user.is_active and member.invited_at is None


def send_invitation(member: Member, about: str) -> None:
    """Sends the invitation now and notes when; `about` as in `mailing.send`.

    Raises OSError while the mail server does not answer.
    """
    context = {
        "member": member,
        "url": set_password_url(member.user),
        "days": settings.PASSWORD_RESET_TIMEOUT // 86400,
    }
    mailing.send("invitation", [member.email], context, about=about)
    member.invited_at = timezone.now()
    member.save(update_fields=["invited_at"])
