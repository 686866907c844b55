"""The seller's people: branches, roles, buyers and logins. Supervisors look, administrators change."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.shop.accounts import second_factor
from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.staff import administrators_only
from wiadukt.shop.history.models import Change
from wiadukt.shop.sellers import people
from wiadukt.shop.sellers.access import assigned_organisations_of, supervisors_only
from wiadukt.shop.sellers.assign import buyers_of
from wiadukt.shop.sellers.forms import BranchForm, HandOverForm, PersonForm
from wiadukt.shop.sellers.models import SellerBranch


@supervisors_only
def listed(request: HttpRequest) -> HttpResponse:
    """Everybody with a login of the seller's, by branch."""
    return _list_page(request)


def _list_page(
    request: HttpRequest, *, form: PersonForm | None = None, branch: BranchForm | None = None
) -> HttpResponse:
    rows = [_row(user) for user in people.staff()]
    rows.sort(key=lambda row: (not row["user"].is_active, str(row["profile"].branch or "~")))
    refused = form is not None or branch is not None
    context = {
        "rows": rows,
        "teams": SellerBranch.objects.prefetch_related("people__user", "assignments__organisation"),
        "form": form or PersonForm(User()),
        "branch_form": branch or BranchForm(),
    }
    return render(request, "panel/sellers.html", context, status=422 if refused else 200)


def _row(user: User) -> dict[str, object]:
    return {
        "user": user,
        "profile": people.profile_of(user),
        "buyers": assigned_organisations_of(user).count(),
        "phone": second_factor.phone_of(user),
        "goods": user.groups.filter(name="goods").exists(),
    }


@supervisors_only
def seller(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(people.staff(), pk=pk))


def _page(request: HttpRequest, user: User, form: PersonForm | None = None) -> HttpResponse:
    profile = people.profile_of(user)
    buyers = buyers_of(profile).order_by("name") if profile.pk else []
    row = _row(user)
    context = {
        "row": row,
        "person": user,
        "phone": row["phone"],
        "profile": profile,
        "form": form or PersonForm(user),
        "proposed": None if profile.erp_employee_id else people.proposed_employee(user),
        "buyers": buyers,
        "hand_over": HandOverForm(profile, buyers) if profile.pk else None,
        "team_buyers": profile.branch.assignments.select_related("organisation") if profile.branch else [],
        "changes": Change.objects.filter(kind=people.KIND, object_id=user.pk)[:30],
        "codes_left": second_factor.recovery_codes_left(user),
    }
    return render(request, "panel/seller.html", context, status=422 if form else 200)


@administrators_only
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """A new login; its owner sets the password by the link that is sent."""
    form = PersonForm(User(), request.POST)
    if not form.is_valid():
        return _list_page(request, form=form)
    user, profile = form.fill()
    people.save_person(user, profile, request.user.email, goods=form.cleaned_data["goods"])
    people.invite_later(user)
    messages.success(request, _("An invitation goes to %(email)s.") % {"email": user.email})
    return redirect("panel:seller", pk=user.pk)


@administrators_only
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(people.staff(), pk=pk)
    form = PersonForm(user, request.POST)
    if not form.is_valid():
        return _page(request, user, form)
    people.save_person(*form.fill(), request.user.email, goods=form.cleaned_data["goods"])
    messages.success(request, _("Saved and recorded."))
    return redirect("panel:seller", pk=pk)


@administrators_only
@require_POST
def add_branch(request: HttpRequest) -> HttpResponse:
    form = BranchForm(request.POST)
    if not form.is_valid():
        return _list_page(request, branch=form)
    form.save()
    messages.success(request, _("Saved."))
    return redirect("panel:sellers")


@administrators_only
@require_POST
def switch(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Off: out of every session at once. Nobody switches himself off."""
    user = get_object_or_404(people.staff(), pk=pk)
    if user == request.user:
        messages.error(request, _("Nobody switches himself off: ask another administrator."))
    else:
        people.switch(user, request.user.email, on=to == "on")
        messages.success(request, _("Saved and recorded."))
    return redirect("panel:seller", pk=pk)


@administrators_only
@require_POST
def forget_phone(request: HttpRequest, pk: int) -> HttpResponse:
    """The phone is lost, and the recovery codes too: the next login sets up another."""
    user = get_object_or_404(people.staff(), pk=pk)
    second_factor.forget(user)
    people.note(user, "second_factor_off", request.user.email)
    messages.success(request, _("Saved and recorded."))
    return redirect("panel:seller", pk=pk)


@administrators_only
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends the link that sets the password again."""
    user = get_object_or_404(people.staff(), pk=pk, is_active=True)
    people.invite_later(user)
    people.note(user, "invitation", request.user.email)
    messages.success(request, _("An invitation goes to %(email)s.") % {"email": user.email})
    return redirect("panel:seller", pk=pk)
