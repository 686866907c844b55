"""The people of the buyer's company: a list for everybody, everything else for its managers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.shop.organisations import membership
from wiadukt.shop.organisations.access import managed_by, member_of, people_of
from wiadukt.shop.organisations.forms import CardForm, InviteForm, SeatForm
from wiadukt.shop.organisations.membership import CannotManage
from wiadukt.shop.organisations.models import Member

View = Callable[..., HttpResponse]


def managers_only(view: View) -> View:
    """For the rest of the world the page does not exist. Hands the manager's organisation to the view."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        organisation = managed_by(request.user)
        if organisation is None:
            raise Http404
        return view(request, organisation, *args, **kwargs)

    return asked


def people(request: HttpRequest) -> HttpResponse:
    member = member_of(request.user)
    if member is None:
        raise Http404
    return render(request, "organisations/people.html", {"member": member, "people": people_of(member)})


def own_card(request: HttpRequest) -> HttpResponse:
    """One's own name, position and phone. Whose card is WAPRO's has no such page: the seller changes it there."""
    member = member_of(request.user)
    if member is None or member.erp_contact_id:
        raise Http404
    form = CardForm(request.POST or None, initial={name: getattr(member, name) for name in CardForm.base_fields})
    if request.method == "POST" and form.is_valid():
        try:
            membership.rename(form.card(), request.user)
        except CannotManage as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Your data are saved."))
            return redirect("account")
    return render(request, "organisations/own_card.html", {"form": form})


@managers_only
def invite(request: HttpRequest, organisation: Any) -> HttpResponse:
    """Somebody new; the login is his e-mail address."""
    branches = organisation.branches.filter(is_active=True)
    initial = {"branches": branches} if len(branches) == 1 else {}
    form = InviteForm(request.POST or None, organisation=organisation, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            invited = membership.invite(form.person(), form.seat(), request.user)
        except CannotManage as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("An invitation goes to %(email)s.") % {"email": invited.email})
            return redirect("customer:people")
    return render(request, "organisations/invite.html", {"form": form, "organisation": organisation})


@managers_only
def person(request: HttpRequest, organisation: Any, pk: int) -> HttpResponse:
    """One member: what he may do, where, up to which value."""
    found = get_object_or_404(organisation.members.select_related("user"), pk=pk)
    form = SeatForm(request.POST or None, organisation=organisation, member=found)
    if request.method == "POST" and form.is_valid():
        try:
            membership.seat(found.pk, form.seat(), request.user)
        except CannotManage as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(who)s: saved.") % {"who": found})
            return redirect("customer:people")
    context = {"form": form, "person": found, "organisation": organisation, "is_self": found.user_id == request.user.pk}
    return render(request, "organisations/person.html", context)


@require_POST
@managers_only
def switch(request: HttpRequest, organisation: Any, pk: int) -> HttpResponse:
    """Off ends the open sessions at once."""
    found = get_object_or_404(organisation.members, pk=pk)
    is_active = request.POST.get("to") == "on"
    try:
        membership.switch_member(found.pk, is_active=is_active, by=request.user)
    except CannotManage as refusal:
        messages.error(request, str(refusal))
    else:
        text = _("%(who)s can log in again.") if is_active else _("%(who)s is switched off and logged out.")
        messages.success(request, text % {"who": found})
    return redirect("customer:person", pk=pk)


@require_POST
@managers_only
def invite_again(request: HttpRequest, organisation: Any, pk: int) -> HttpResponse:
    found = get_object_or_404(Member, organisation=organisation, pk=pk)
    try:
        membership.invite_again(found.pk, request.user)
    except CannotManage as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("An invitation goes to %(email)s.") % {"email": found.email})
    return redirect("customer:person", pk=pk)
