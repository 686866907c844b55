"""The buyer's own company: people, branches, delivery places."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from wiadukt.shop.organisations.access import branches_of, member_of, places_of
from wiadukt.shop.organisations.models import Role


def company(request: HttpRequest) -> HttpResponse:
    """A manager sees all people, others those of their branches."""
    member = member_of(request.user)
    if member is None:
        return redirect("panel:home" if request.user.is_staff else "login")
    branches = branches_of(member)
    people = member.organisation.members.select_related("user").prefetch_related("branches")
    if member.role != Role.MANAGER:
        people = people.filter(branches__in=branches).distinct()
    context = {
        "member": member,
        "organisation": member.organisation,
        "branches": branches,
        "people": people,
        "places": places_of(member),
    }
    return render(request, "organisations/company.html", context)
