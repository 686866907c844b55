"""The door: logging in, and setting a password by the link of an invitation or of a reset; and one's own login."""

from __future__ import annotations

from typing import Any

from axes.utils import reset as forget_failures
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash, views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wiadukt.shop.accounts import second_factor


class LoginForm(AuthenticationForm):
    """An e-mail address in any case of letters."""

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()


class Login(views.LoginView):
    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True


@method_decorator(login_not_required, name="dispatch")
class SetPassword(views.PasswordResetConfirmView):
    """Sets the password and lets the person in at once, everywhere else out; failed attempts count no more."""

    template_name = "accounts/set_password.html"
    success_url = reverse_lazy("home")
    post_reset_login = True
    post_reset_login_backend = "django.contrib.auth.backends.ModelBackend"

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        answer = super().form_valid(form)
        forget_failures(username=self.user.email)
        return answer


@method_decorator(login_not_required, name="dispatch")
class ResetPassword(views.PasswordResetView):
    template_name = "accounts/reset_password.html"
    email_template_name = "mail/reset.txt"
    subject_template_name = "mail/reset_subject.txt"
    success_url = reverse_lazy("password-reset-done")


@method_decorator(login_not_required, name="dispatch")
class ResetSent(views.PasswordResetDoneView):
    template_name = "accounts/reset_sent.html"


class ChangePassword(views.PasswordChangeView):
    """Everywhere else this person is logged out."""

    template_name = "accounts/change_password.html"
    success_url = reverse_lazy("account")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"base": _frame(self.request)}

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        answer = super().form_valid(form)
        messages.success(self.request, _("The password is changed. On all other devices you are logged out."))
        return answer


def account(request: HttpRequest) -> HttpResponse:
    """One's own login: password, second factor, sessions."""
    context = {"phone": None, "codes_left": 0, "base": _frame(request)}
    if request.user.is_staff:
        context["phone"] = second_factor.phone_of(request.user)
        context["codes_left"] = second_factor.recovery_codes_left(request.user)
    return render(request, "accounts/account.html", context)


def _frame(request: HttpRequest) -> str:
    return "staff.html" if request.user.is_staff else "shop.html"


@require_POST
def log_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Ends all sessions of this login but this one."""
    request.user.end_sessions()
    request.user.save(update_fields=["sessions_ended"])
    update_session_auth_hash(request, request.user)
    messages.success(request, _("On all other devices you are logged out."))
    return redirect("account")


def home(request: HttpRequest) -> HttpResponse:
    """Staff go to their dashboard, buyers to the goods."""
    return redirect("panel:home" if request.user.is_staff else "catalogue:index")
