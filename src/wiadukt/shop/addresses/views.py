"""The buyer's addresses: those of the company, and the places where goods go."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wiadukt.contract.address_change import CardPart
from wiadukt.shop.accounts.signature import signature
from wiadukt.shop.addresses import access, change
from wiadukt.shop.addresses.change import By
from wiadukt.shop.addresses.forms import CARD_FORMS, PlaceForm
from wiadukt.shop.addresses.models import BranchDefault, Favourite
from wiadukt.shop.addresses.picker import choices
from wiadukt.shop.addresses.rules import ADDRESSES, PLACES, Rules
from wiadukt.shop.addresses.values import card_value, place_value
from wiadukt.shop.addresses.waiting import card_key, open_messages, place_key
from wiadukt.shop.history.models import Origin
from wiadukt.shop.organisations.access import member_of, ordering_branches_of, places_of
from wiadukt.shop.organisations.models import Branch, DeliveryPlace, Member

PAGE_SIZE = 30
View = Callable[..., HttpResponse]
PART_WORDS = {
    CardPart.ADDRESS: gettext_lazy("Address of the company"),
    CardPart.CORRESPONDENCE: gettext_lazy("Address for correspondence"),
    CardPart.PHONE: gettext_lazy("Phone of the company"),
}


def members_only(view: View) -> View:
    """Hands the view the membership of whoever asks; nobody else gets in."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        member = member_of(request.user)
        if member is None:
            raise PermissionDenied
        return view(request, member, *args, **kwargs)

    return wrapped


@members_only
def places(request: HttpRequest, member: Member) -> HttpResponse:
    """The places of one's branches, favourites first; htmx asks for the list alone while one types."""
    asked = request.GET.get("q", "")
    branch = _branch(request.GET.get("branch"), member)
    is_retired = bool(request.GET.get("retired"))
    found = access.retired_of(member) if is_retired else places_of(member)
    if branch is not None:
        found = found.filter(branches=branch)
    found = access.in_his_order(access.matching(found, asked), member, branch)
    page = Paginator(found.prefetch_related("branches", "default_of__branch"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    told = open_messages([place_key(place) for place in page])
    context = {
        "page": page,
        "rows": [(place, told.get(place_key(place)), access.may_change(member, place)) for place in page],
        "looked_for": asked,
        "branch": branch,
        "branches": ordering_branches_of(member),
        "is_retired": is_retired,
        "retired": access.retired_of(member).count(),
        "member": member,
    }
    return render(request, "addresses/_places.html" if request.htmx else "addresses/places.html", context)


@members_only
def pick(request: HttpRequest, member: Member) -> HttpResponse:
    """The picker's list for what was typed; `branch` and `place` are those chosen on the page."""
    branch = _branch(request.GET.get("branch"), member)
    chosen = _number(request.GET.get("place")) or None
    return render(request, "addresses/_picker.html", choices(member, branch, request.GET.get("q", ""), chosen))


@members_only
def new_place(request: HttpRequest, member: Member) -> HttpResponse:
    """A place that may be ordered to at once; WAPRO gets it by itself."""
    form = PlaceForm(member, None, None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        place = change.add_place(member.organisation, form.value(), list(form.cleaned_data["branches"]), _by(request))
        messages.success(request, _("%(place)s is ready: you may order to it.") % {"place": place.name})
        return redirect("places:list")
    return _place_page(request, form, None, member)


@members_only
def place(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """One place: to change for whoever may, to read for the others of its branches."""
    found = _place_of(member, pk)
    form = PlaceForm(member, found, place_value(found), request.POST or None)
    if request.method == "POST":
        _must(access.may_change(member, found))
        if form.is_valid():
            change.change_place(found, form.value(), list(form.cleaned_data["branches"]), _by(request))
            messages.success(request, _("Saved. WAPRO gets it by itself."))
            return redirect("places:list")
    return _place_page(request, form, found, member)


@require_POST
@members_only
def act(request: HttpRequest, member: Member, pk: int, what: str) -> HttpResponse:
    """Retires, restores, withdraws a change that was not taken."""
    found = _place_of(member, pk, also_retired=True)
    _must(access.may_change(member, found))
    if what == "retire":
        change.retire_place(found, _by(request))
        text = _("%(place)s is retired: nobody orders to it any more. Old orders keep it.")
    elif what == "restore":
        change.restore_place(found, _by(request))
        text = _("%(place)s may be ordered to again.")
    elif what == "withdraw":
        change.withdraw(member.organisation, place_key(found), _by(request))
        text = _("%(place)s: the change is withdrawn.")
    else:
        raise Http404
    messages.success(request, text % {"place": found.name})
    return redirect("places:list")


@require_POST
@members_only
def favourite(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """A star on or off; it is the member's own."""
    found = _place_of(member, pk)
    mine = Favourite.objects.filter(member=member, place=found)
    if not mine.delete()[0]:
        Favourite.objects.get_or_create(member=member, place=found)
    return redirect("places:list")


@require_POST
@members_only
def default(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Makes the place the default of one of the member's branches."""
    found = _place_of(member, pk)
    branch = get_object_or_404(ordering_branches_of(member), pk=_number(request.POST.get("branch")))
    ties = {one.pk for one in found.branches.all()}
    _must(not ties or branch.pk in ties)
    BranchDefault.objects.update_or_create(branch=branch, defaults={"place": found})
    text = _("Orders of %(branch)s go to %(place)s unless somebody says otherwise.")
    messages.success(request, text % {"branch": branch.name, "place": found.name})
    return redirect("places:list")


@members_only
def company(request: HttpRequest, member: Member) -> HttpResponse:
    """The addresses and the phone of the company, each saved by itself; the manager's."""
    _must(access.may_change_card(member))
    organisation = member.organisation
    asked = request.POST.get("part", "")
    if request.method == "POST" and "withdraw" in request.POST and asked in list(CardPart):
        change.withdraw(organisation, card_key(organisation, CardPart(asked)), _by(request))
        messages.success(request, _("The change is withdrawn."))
        return redirect("places:company")
    forms = {}
    for part, kind in CARD_FORMS.items():
        is_asked = request.method == "POST" and part == asked
        forms[part] = kind(part, card_value(organisation, part), request.POST if is_asked else None)
        if is_asked and forms[part].is_valid():
            change.change_card(organisation, part, forms[part].value(), _by(request))
            messages.success(request, _("Saved. WAPRO gets it by itself."))
            return redirect("places:company")
    told = open_messages([card_key(organisation, part) for part in CardPart])
    rows = [(part, PART_WORDS[part], form, told.get(card_key(organisation, part))) for part, form in forms.items()]
    context = {"rows": rows, "can_write": ADDRESSES in Rules().writes, "organisation": organisation}
    return render(request, "addresses/company.html", context)


def _place_page(request: HttpRequest, form: PlaceForm, found: DeliveryPlace | None, member: Member) -> HttpResponse:
    told = open_messages([place_key(found)]).get(place_key(found)) if found else None
    context = {
        "form": form,
        "place": found,
        "message": told,
        "can_write": PLACES in form.rules.writes,
        "may_change": found is None or access.may_change(member, found),
        "branches": ordering_branches_of(member),
    }
    return render(request, "addresses/place.html", context)


def _place_of(member: Member, pk: int, *, also_retired: bool = False) -> DeliveryPlace:
    found = places_of(member).filter(pk=pk).first()
    if found is None and also_retired:
        found = access.retired_of(member).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _branch(asked: str | None, member: Member) -> Branch | None:
    return ordering_branches_of(member).filter(pk=_number(asked)).first()


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _by(request: HttpRequest) -> By:
    told = signature(request.user)
    return By(told["author"], Origin(told["origin"]))


def _must(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
