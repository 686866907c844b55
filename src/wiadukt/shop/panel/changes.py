"""A buyer's change that could not be made by itself: whoever looks after him agrees to it or declines."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.ordering.change_requests import AlreadyDecided, decide
from wiadukt.shop.organisations.approval import Approval
from wiadukt.shop.sellers import access


class DecisionForm(forms.Form):
    """What is decided and what the buyer is told; who declines says why."""

    decision = forms.ChoiceField(choices=[(Approval.AGREED, ""), (Approval.DECLINED, "")])
    words = forms.CharField(
        label=gettext_lazy("Words to the buyer"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, str]:
        data = super().clean() or {}
        if data.get("decision") == Approval.DECLINED and not data.get("words", "").strip():
            self.add_error("words", _("Say why: the buyer reads it."))
        return data


@staff_only
@require_POST
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    order = get_object_or_404(access.orders_of(request.user).exclude(replaces=None), pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        for error in form.errors.get("words", [_("Choose whether you agree.")]):
            messages.error(request, f"{form.fields['words'].label}: {error}")
        return redirect("panel:order", pk=pk)
    try:
        decide(order, request.user, Approval(form.cleaned_data["decision"]), form.cleaned_data["words"].strip())
    except AlreadyDecided as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The buyer is told."))
    return redirect("panel:order", pk=pk)
