"""One buyer's account as he sees it, with the notes of the seller's people and whether he may order."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Origin
from wiadukt.shop.invoices.listing import viewed, with_own_part
from wiadukt.shop.invoices.models import AccountNote, Reminder
from wiadukt.shop.invoices.reminders import recipients_of
from wiadukt.shop.invoices.statement_views import statement_of
from wiadukt.shop.invoices.views import list_context
from wiadukt.shop.organisations.models import OrderGate, Organisation
from wiadukt.shop.panel.invoices import FRAME
from wiadukt.shop.sellers import access
from wiadukt.shop.terms.standing import objections_to

PAGE_SIZE = 25


class NoteForm(forms.ModelForm):
    class Meta:
        model = AccountNote
        fields = ("text",)
        widgets = {"text": forms.Textarea({"rows": 3})}


class GateForm(forms.ModelForm):
    """Held or released needs a reason; back to the rule needs none and forgets it."""

    class Meta:
        model = Organisation
        fields = ("order_gate", "order_gate_reason", "order_gate_until")
        help_texts = {
            "order_gate_reason": gettext_lazy("The buyer reads it when his orders are held."),
            "order_gate_until": gettext_lazy("The last day; leave it empty for good."),
        }
        widgets = {"order_gate_until": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean()
        if said.get("order_gate") == OrderGate.RULE:
            return said | {"order_gate_reason": "", "order_gate_until": None}
        if not said.get("order_gate_reason"):
            self.add_error("order_gate_reason", _("Write why: the buyer reads it when his orders are held."))
        until = said.get("order_gate_until")
        if until and until < timezone.localdate():
            self.add_error("order_gate_until", _("Choose today or a later day, or leave it empty."))
        return said


@staff_only
def account(request: HttpRequest, pk: int) -> HttpResponse:
    company = get_object_or_404(access.organisations_of(request.user), pk=pk)
    return _page(request, company)


def _page(
    request: HttpRequest, company: Organisation, note_form: NoteForm | None = None, gate_form: GateForm | None = None
) -> HttpResponse:
    user = request.user
    parts = access.parts_of(user).filter(invoice__organisation=company)
    invoices = access.invoices_of(user).filter(organisation=company)
    shown, chosen = viewed(invoices, request.GET.get("show", "open"))
    whole = access.sees_whole(user, company)
    others = access.receivables_of(user).filter(organisation=company) if whole else None
    context = list_context(parts, access.branches_of(user).filter(organisation=company), others)
    context |= {
        "company": company,
        "page": Paginator(with_own_part(shown, parts), PAGE_SIZE).get_page(request.GET.get("page")),
        "chosen": chosen,
        "sees_whole": whole,
        "unassigned": company.unassigned_payments.all() if whole else [],
        "objections": objections_to(company, order_gross=0) if whole else [],
        "notes": company.account_notes.all()[:50],
        "note_form": note_form or NoteForm(),
        "gate_form": gate_form or GateForm(instance=company),
        "reminders": Reminder.objects.filter(invoice__in=invoices.order_by()).select_related("invoice")[:15],
        "reminded": recipients_of(company),
    }
    return render(request, "panel/account.html", context | FRAME, status=422 if note_form or gate_form else 200)


@staff_only
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    company = get_object_or_404(access.organisations_of(request.user), pk=pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, company, note_form=form)
    AccountNote.objects.create(organisation=company, text=form.cleaned_data["text"], author=request.user.email)
    return redirect("panel:account", pk=pk)


@staff_only
@require_POST
@transaction.atomic
def gate(request: HttpRequest, pk: int) -> HttpResponse:
    """Blocks or releases ordering; for who sees the whole buyer."""
    mine = access.whole_organisations_of(request.user)
    company = get_object_or_404(Organisation.objects.select_for_update().filter(pk__in=mine.values("pk")), pk=pk)
    form = GateForm(request.POST, instance=Organisation.objects.get(pk=pk))
    if not form.is_valid():
        return _page(request, company, gate_form=form)
    said = {name: form.cleaned_data[name] for name in GateForm.Meta.fields}
    changes = record.assign("organisation", company, said, origin=Origin.STAFF, author=request.user.email)
    if changes:
        company.save(update_fields=list(said))
        record.save(changes)
    messages.success(request, _("Saved."))
    return redirect("panel:account", pk=pk)


@staff_only
def statement(request: HttpRequest, pk: int, fmt: str = "") -> HttpResponse:
    """The buyer's statement of account, for who sees the whole buyer."""
    company = get_object_or_404(access.organisations_of(request.user), pk=pk)
    if not access.sees_whole(request.user, company):
        raise Http404
    return statement_of(request, company, fmt, base="staff.html")
