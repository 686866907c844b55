"""The door: logging in, and setting a password by the link of an invitation or of a reset."""

from __future__ import annotations

from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator


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
    """Sets the password and lets the person in at once."""

    template_name = "accounts/set_password.html"
    success_url = reverse_lazy("home")
    post_reset_login = True
    post_reset_login_backend = "django.contrib.auth.backends.ModelBackend"


@method_decorator(login_not_required, name="dispatch")
class ResetPassword(views.PasswordResetView):
    template_name = "accounts/reset_password.html"
    email_template_name = "mail/reset.txt"
    subject_template_name = "mail/reset_subject.txt"
    success_url = reverse_lazy("password-reset-done")


@method_decorator(login_not_required, name="dispatch")
class ResetSent(views.PasswordResetDoneView):
    template_name = "accounts/reset_sent.html"


def home(request: HttpRequest) -> HttpResponse:
    """Staff go to their dashboard, buyers to the goods."""
    return redirect("panel:home" if request.user.is_staff else "catalogue:index")
