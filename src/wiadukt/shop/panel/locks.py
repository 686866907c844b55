"""Logins that wait after too many wrong passwords, and a button that lets them in again."""

from __future__ import annotations

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.staff import administrators_only
from wiadukt.shop.sellers import people


def locked() -> QuerySet[AccessAttempt]:
    """Pairs of login and address that must wait now, the latest first."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    found = AccessAttempt.objects.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gte=since)
    return found.order_by("-attempt_time")


@administrators_only
def listed(request: HttpRequest) -> HttpResponse:
    context = {"page": locked(), "pause_min": settings.ENVIRONMENT.shop_login_pause_min}
    return render(request, "panel/locks.html", context)


@administrators_only
@require_POST
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Forgets the failures of this login from this address; recorded with the person, if it is one's login at all."""
    row = get_object_or_404(AccessAttempt, pk=pk)
    reset(username=row.username, ip=row.ip_address)
    user = User.objects.filter(email__iexact=row.username or "").first()
    if user is not None:
        people.note(user, "unlocked", request.user.email)
    messages.success(request, _("%(who)s may log in again.") % {"who": row.username})
    return redirect("panel:locks")
