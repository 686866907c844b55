"""Inviting the buyers' people again, for an old link may have expired or got lost; and acting in their name."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Origin
from wiadukt.shop.organisations import acting
from wiadukt.shop.organisations.invitations import invite_later
from wiadukt.shop.organisations.models import Member
from wiadukt.shop.sellers import access


@staff_only
@require_POST
@transaction.atomic
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends an invitation again: the old link may have expired or got lost."""
    member = get_object_or_404(access.members_of(request.user).select_related("user", "organisation"), pk=pk)
    if member.user is None or not member.user.is_active:
        messages.error(request, _("%(who)s has no login: correct the e-mail address in WAPRO.") % {"who": member})
    else:
        _invite(member, request.user)
        messages.success(request, _("An invitation goes to %(email)s.") % {"email": member.email})
    return redirect("panel:organisation", pk=member.organisation_id)


@staff_only
@require_POST
@transaction.atomic
def invite_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Invites everybody who was taken over on the flag day and waits for it."""
    found = get_object_or_404(access.organisations_of(request.user), pk=pk)
    people = list(held_of(access.members_of(request.user).filter(organisation=found)).select_for_update(of=("self",)))
    for member in people:
        _invite(member, request.user)
    text = ngettext("%(n)d invitation goes out.", "%(n)d invitations go out.", len(people))
    messages.success(request, text % {"n": len(people)})
    return redirect("panel:organisation", pk=pk)


@staff_only
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """'Log in as': see and do what this person may, under both names."""
    member = get_object_or_404(access.members_of(request.user), pk=pk)
    if acting.begin(request, pk) is None:
        messages.error(request, _("%(who)s has no login that is on.") % {"who": member})
        return redirect("panel:organisation", pk=member.organisation_id)
    return redirect("catalogue:index")


def held_of(members: QuerySet[Member]) -> QuerySet[Member]:
    """Those of them who have a login and were never invited, since they came on the flag day."""
    held = members.filter(invitation_held=True, invited_at=None, user__is_active=True)
    return held.select_related("user", "organisation")


def _invite(member: Member, author: User) -> None:
    member.invited_at, member.invitation_held = None, False
    member.save(update_fields=["invited_at", "invitation_held"])
    about = {"origin": Origin.STAFF, "author": author.email}
    record.save([record.change("organisation", member.organisation, "invitation", "", str(member), **about)])
    invite_later(member)
