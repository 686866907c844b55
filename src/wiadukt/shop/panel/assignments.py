"""Who looks after which buyer: given, taken away, and handed over, by supervisors."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.panel.organisations import page_of
from wiadukt.shop.sellers import assign as assigning
from wiadukt.shop.sellers.access import supervisors_only
from wiadukt.shop.sellers.forms import AssignForm, HandOverForm
from wiadukt.shop.sellers.models import Assignment, Seller


@supervisors_only
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """One more person or branch looks after this buyer, or after one of his branches."""
    organisation = get_object_or_404(Organisation, pk=pk)
    form = AssignForm(request.POST, organisation=organisation)
    if not form.is_valid():
        return page_of(request, organisation, form)
    asked, who = form.cleaned_data, form.chosen()
    assigning.assign(organisation, who, request.user.email, part=asked["part"], leads=asked["leads"])
    messages.success(request, _("%(who)s looks after %(buyer)s.") % {"who": who, "buyer": organisation.name})
    return redirect("panel:organisation", pk=pk)


@supervisors_only
@require_POST
def assign_many(request: HttpRequest) -> HttpResponse:
    """The same for all buyers that were ticked in the list."""
    form = AssignForm(request.POST)
    ids = [value for value in request.POST.getlist("buyers") if value.isdecimal()]
    buyers = list(Organisation.objects.filter(pk__in=ids).order_by("pk"))
    if not form.is_valid() or not buyers:
        faults = [fault for faults in form.errors.values() for fault in faults]
        messages.error(request, " ".join(faults) or _("Tick the buyers first."))
        return redirect("panel:organisations")
    who = form.chosen()
    with transaction.atomic():
        for organisation in buyers:
            assigning.assign(organisation, who, request.user.email, leads=form.cleaned_data["leads"])
    text = ngettext("%(who)s looks after %(n)d more buyer.", "%(who)s looks after %(n)d more buyers.", len(buyers))
    messages.success(request, text % {"who": who, "n": len(buyers)})
    return redirect("panel:organisations")


@supervisors_only
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Assignment.objects.select_related("organisation", "person__user", "team"), pk=pk)
    text = _("%(who)s no longer looks after %(buyer)s.") % {"who": row, "buyer": row.organisation.name}
    assigning.withdraw(row, request.user.email)
    messages.success(request, text)
    return redirect("panel:organisation", pk=row.organisation_id)


@supervisors_only
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """A person leaves or is away: the ticked buyers are another's, all in one step."""
    leaver = get_object_or_404(Seller, user=pk)
    form = HandOverForm(leaver, assigning.buyers_of(leaver), request.POST)
    if not form.is_valid():
        messages.error(request, _("Tick the buyers and choose who takes them over."))
        return redirect("panel:seller", pk=pk)
    successor = form.cleaned_data["successor"]
    n = assigning.hand_over(leaver, form.cleaned_data["buyers"], successor, request.user.email)
    text = ngettext("%(n)d buyer is now %(who)s's.", "%(n)d buyers are now %(who)s's.", n)
    messages.success(request, text % {"n": n, "who": successor})
    return redirect("panel:seller", pk=pk)
