"""A link of an invitation that has expired: its holder gets a new one by e-mail, and a stranger learns nothing."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int, urlsafe_base64_decode
from django.views.decorators.http import require_POST

from wiadukt.shop.accounts.models import User
from wiadukt.shop.organisations.invitations import invite_later
from wiadukt.shop.organisations.models import Member

NOT_SOONER = timedelta(minutes=10)


@login_not_required
@require_POST
@transaction.atomic
def send_again(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """The same answer to everybody. A mail goes only to the address of a person whose link was really ours."""
    member = _holder(uidb64, token)
    if member is not None and (member.invited_at is None or member.invited_at < timezone.now() - NOT_SOONER):
        member.invited_at, member.invitation_held = None, False
        member.save(update_fields=["invited_at", "invitation_held"])
        invite_later(member)
    return render(request, "accounts/link_again.html")


def _holder(uidb64: str, token: str) -> Member | None:
    try:
        user_id = int(urlsafe_base64_decode(uidb64))
    except ValueError:
        return None
    members = Member.objects.select_for_update(of=("self",)).select_related("user", "organisation")
    member = members.filter(user_id=user_id, user__is_active=True).first() if 0 < user_id < 2**63 else None
    return member if member is not None and _was_ours(member.user, token) else None


def _was_ours(user: User, token: str) -> bool:
    """Whether we made this token for this login as it is now, however long ago: one that was used counts no more."""
    stamp, _dash, _hash = token.partition("-")
    try:
        made_at = base36_to_int(stamp)
    except ValueError:
        return False
    return any(
        constant_time_compare(default_token_generator._make_token_with_timestamp(user, made_at, secret), token)
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )
