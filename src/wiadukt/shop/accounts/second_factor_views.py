"""Pages of the second factor: asking for the code, setting up a phone, recovery codes."""

from __future__ import annotations

import django_otp
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wiadukt.shop.accounts import second_factor
from wiadukt.shop.accounts.staff import staff_only


class CodeForm(forms.Form):
    """A code from a phone or a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "class": "code"}),
    )


@staff_only
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """Asks once a session. Too many wrong codes make each further try wait twice as long."""
    if request.user.is_verified():
        return redirect("home")
    if second_factor.phone_of(request.user) is None:
        return redirect("second-factor-setup")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        device = second_factor.verify(request.user, form.cleaned_data["code"])
        if device is not None:
            django_otp.login(request, device)
            return redirect("home")
        form.add_error("code", _("This code is not right. After several wrong ones wait a little before the next."))
    return render(request, "accounts/second_factor.html", {"form": form}, status=422 if form.errors else 200)


@staff_only
@never_cache
def setup(request: HttpRequest) -> HttpResponse:
    """Binds a phone by its first code; who has one already must have shown it in this session."""
    if second_factor.phone_of(request.user) is not None and not request.user.is_verified():
        return redirect("second-factor")
    phone = second_factor.begin(request.user)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if second_factor.confirm(phone, form.cleaned_data["code"].replace(" ", "")):
            phone.refresh_from_db()
            django_otp.login(request, phone)
            return _codes(request)
        form.add_error("code", _("This code is not right: is the time on the phone right? Write the one it shows now."))
    context = {"form": form, "qr": second_factor.qr_svg(phone), "secret": second_factor.secret_of(phone)}
    return render(request, "accounts/second_factor_setup.html", context, status=422 if form.errors else 200)


@staff_only
@never_cache
@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    """Fresh recovery codes, shown once."""
    if not request.user.is_verified():
        messages.error(request, _("Set up the second factor first."))
        return redirect("account")
    return _codes(request)


def _codes(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/recovery_codes.html", {"codes": second_factor.new_recovery_codes(request.user)})
