"""One of the seller's people acts in the name of a buyer's person: 'log in as'.

The session stays that of the seller's person, with his own password and second factor; only who the request is from is
put in its place, request by request, as long as he has the right and the buyer's person could log in. So nothing of the
other's login is touched, and every deed is signed with both names (`accounts.signature`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.signature import STAFF, signature
from wiadukt.shop.history import record
from wiadukt.shop.organisations.models import Member

KEY = "acting_for"
RIGHT = "organisations.act_for_buyers"
# Whoever acts for another opens no door of his: neither password nor second factor.
DOORS = ("wiadukt.shop.accounts", "django_otp", "two_factor", "allauth")
OPEN = ("home", "logout")
SAFE = ("GET", "HEAD", "OPTIONS")


class ActingMiddleware:
    """Stands behind the middleware that knows who is logged in, and before all that asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        member_id = request.session.get(KEY)
        request.acting = None
        if member_id is not None:
            member = person_to_act_for(request.user, member_id)
            if member is None:
                del request.session[KEY]
            else:
                _put_in_place(request, member)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Keeps the doors shut, and writes every deed down before it is done."""
        if request.acting is None or view is end:
            return None
        module = getattr(view, "view_class", view).__module__
        if module.startswith(DOORS) and request.resolver_match.url_name not in OPEN:
            messages.error(request, _("Not in another person's name: end it first."))
            return redirect("home")
        if request.method not in SAFE:
            deed = f"{request.method} {request.path}"
            record.save([record.change("member", request.acting, "deed", "", deed, **signature(request.user))])
        return None


def person_to_act_for(staff: User, member_id: int) -> Member | None:
    """The member, while this person of the seller's has the right and the member could log in; never one of staff."""
    if not (staff.is_authenticated and staff.is_staff and staff.has_perm(RIGHT)):
        return None
    members = Member.objects.select_related("user", "organisation").filter(pk=member_id, in_erp=True, is_active=True)
    return members.filter(organisation__is_open=True, user__is_active=True, user__is_staff=False).first()


def _put_in_place(request: HttpRequest, member: Member) -> None:
    staff = request.user
    request.user = member.user
    request.user.acting_staff = staff
    request.acting = member


@transaction.atomic
def begin(request: HttpRequest, member_id: int) -> Member | None:
    """From the next request on the staff's person acts for this member; None when the member can't log in.

    Raises PermissionDenied without the right.
    """
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    member = person_to_act_for(request.user, member_id)
    if member is not None:
        request.session[KEY] = member.pk
        _note(member, "", str(member), request.user)
    return member


@require_POST
@transaction.atomic
def end(request: HttpRequest) -> HttpResponse:
    """One click, and the staff's person is himself again."""
    member = request.acting
    if member is None:
        return redirect("home")
    del request.session[KEY]
    _note(member, str(member), "", request.user.acting_staff)
    return redirect("panel:organisation", pk=member.organisation_id)


def _note(member: Member, old: str, new: str, staff: User) -> None:
    about = {"origin": STAFF, "author": staff.email}
    record.save([record.change("organisation", member.organisation, "acting", old, new, **about)])
