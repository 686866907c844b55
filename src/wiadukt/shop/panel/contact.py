"""The contact that staff gives a buyer: a person of its own, or what WAPRO's salesman lacks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Origin
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.sellers.access import organisations_of


class ContactForm(forms.ModelForm):
    """All empty: the salesman of WAPRO as he is."""

    class Meta:
        model = Organisation
        fields = ("contact_name", "contact_phone", "contact_email")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if data.get("contact_name") and not (data.get("contact_phone") or data.get("contact_email")):
            self.add_error("contact_phone", _("Write a phone or an e-mail of this person."))
        return data


@staff_only
@require_POST
@transaction.atomic
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves the contact and records who changed it."""
    organisation = get_object_or_404(organisations_of(request.user).select_for_update(of=("self",)), pk=pk)
    form = ContactForm(request.POST)
    if not form.is_valid():
        for field, faults in form.errors.items():
            messages.error(request, f"{form.fields[field].label}: {' '.join(map(str, faults))}")
        return redirect("panel:organisation", pk=pk)
    about = {"origin": Origin.STAFF, "author": request.user.email}
    changes = record.assign("organisation", organisation, form.cleaned_data, **about)
    if changes:
        organisation.save(update_fields=list(form.cleaned_data))
        record.save(changes)
    messages.success(request, _("Saved."))
    return redirect("panel:organisation", pk=pk)
