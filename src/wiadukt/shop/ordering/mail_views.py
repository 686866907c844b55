"""How a person hears of orders: his own choice, for himself alone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wiadukt.shop.organisations.access import member_of
from wiadukt.shop.organisations.models import Member


class OrderMailForm(forms.ModelForm):
    class Meta:
        model = Member
        fields = ("order_mail", "order_mail_of_branches")
        widgets = {"order_mail": forms.RadioSelect}


def mail(request: HttpRequest) -> HttpResponse:
    member = member_of(request.user)
    if member is None:
        messages.error(request, _("Only a buyer has orders."))
        return redirect("home")
    form: Any = OrderMailForm(request.POST or None, instance=member)
    if request.method == "POST" and form.is_valid():
        member.save(update_fields=OrderMailForm.Meta.fields)
        messages.success(request, _("Saved."))
        return redirect("account")
    return render(request, "ordering/mail.html", {"form": form, "member": member})
