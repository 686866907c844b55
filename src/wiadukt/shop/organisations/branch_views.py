"""The branches of the buyer's company: a list for everybody, everything else for its managers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.shop.organisations import branches as deeds
from wiadukt.shop.organisations.access import branches_of, member_of
from wiadukt.shop.organisations.forms import BranchForm, BranchRulesForm, RetireForm, TiesForm
from wiadukt.shop.organisations.membership import CannotManage
from wiadukt.shop.organisations.models import Branch, Member
from wiadukt.shop.organisations.people_views import managers_only


def branches(request: HttpRequest) -> HttpResponse:
    """Own branches; a manager's list has all, and the company's rule of approval."""
    member = member_of(request.user)
    if member is None:
        raise Http404
    return _list(request, member, BranchForm())


def _list(request: HttpRequest, member: Member, form: BranchForm) -> HttpResponse:
    people = Count("members", filter=Q(members__is_active=True, members__in_erp=True), distinct=True)
    places = Count("delivery_places", filter=Q(delivery_places__is_active=True), distinct=True)
    # Counted apart from the filter by member, which would count him alone.
    shown = Branch.objects.filter(pk__in=branches_of(member).order_by().values("pk"))
    shown = shown.select_related("organisation").annotate(people=people, places=places)
    common = member.organisation.delivery_places.filter(branches=None, is_active=True).count()
    context = {"member": member, "branches": shown, "form": form, "common": common}
    return render(request, "organisations/branches.html", context)


@require_POST
@managers_only
def add(request: HttpRequest, organisation: Any) -> HttpResponse:
    form = BranchForm(request.POST)
    if form.is_valid():
        try:
            branch = deeds.add_branch(form.cleaned_data["name"], request.user)
        except CannotManage as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(branch)s is there: choose its delivery places.") % {"branch": branch})
            return redirect("customer:branch", pk=branch.pk)
    return _list(request, member_of(request.user), form)


@require_POST
@managers_only
def approval(request: HttpRequest, organisation: Any) -> HttpResponse:
    """The company's rule, for every branch that does not say otherwise."""
    is_on = request.POST.get("approval") == "on"
    try:
        deeds.set_approval(request.user, approval=is_on)
    except CannotManage as refusal:
        messages.error(request, str(refusal))
    else:
        text = _("Orders over a person's limit wait for approval.") if is_on else _("Orders go without approval.")
        messages.success(request, text)
    return redirect("customer:branches")


@managers_only
def branch(request: HttpRequest, organisation: Any, pk: int) -> HttpResponse:
    """One branch: name and rule, the places that serve it, its people, retiring it. One form a deed."""
    found = get_object_or_404(organisation.branches.select_related("organisation"), pk=pk)
    posted = request.POST if request.method == "POST" else None
    deed = request.POST.get("deed") if posted else None
    rules = BranchRulesForm(posted if deed == "rules" else None, branch=found)
    ties = TiesForm(posted if deed == "ties" else None, branch=found)
    retiring = RetireForm(posted if deed == "retire" else None, branch=found)
    form = {"rules": rules, "ties": ties, "retire": retiring}.get(deed or "")
    if posted and (deed == "restore" or (form is not None and form.is_valid())):
        try:
            _do(deed or "", found, form, request.user)
        except CannotManage as refusal:
            messages.error(request, str(refusal)) if form is None else form.refuse(refusal)
        else:
            messages.success(request, _("%(branch)s: saved.") % {"branch": found})
            return redirect("customer:branches" if deed == "retire" else "customer:branch", **_at(deed, pk))
    places = organisation.delivery_places.filter(is_active=True).prefetch_related("branches")
    context = {
        "branch": found,
        "rules": rules,
        "retiring": retiring,
        "places": places,
        "tied": set(found.delivery_places.values_list("pk", flat=True)),
        "people": found.members.select_related("user").prefetch_related("branches"),
        "awaiting": found.orders.filter(approval="waiting").count(),
    }
    return render(request, "organisations/branch.html", context)


def _at(deed: str | None, pk: int) -> dict[str, int]:
    return {} if deed == "retire" else {"pk": pk}


def _do(deed: str, branch: Branch, form: Any, by: Any) -> None:
    if deed == "rules":
        data = form.cleaned_data
        deeds.change_branch(branch.pk, name=data["name"], approval=data["approval"], by=by)
    elif deed == "ties":
        deeds.tie_places(branch.pk, form.cleaned_data["places"], by)
    elif deed == "retire":
        deeds.retire_branch(branch.pk, form.cleaned_data["heir"].pk, by)
    else:
        deeds.restore_branch(branch.pk, by)
