"""The buyer's own company at a glance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from wiadukt.shop.organisations.access import branches_of, member_of, people_of, places_of


def company(request: HttpRequest) -> HttpResponse:
    """A manager sees all people and the history, others the people of their branches."""
    member = member_of(request.user)
    if member is None:
        return redirect("panel:home" if request.user.is_staff else "login")
    context = {
        "member": member,
        "organisation": member.organisation,
        "branches": branches_of(member),
        "people": people_of(member),
        "places": places_of(member),
    }
    return render(request, "organisations/company.html", context)
