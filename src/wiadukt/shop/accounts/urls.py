"""Addresses of the door; names are Django's own."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from wiadukt.shop.accounts import second_factor_views, views

urlpatterns = [
    path("login/", views.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(next_page="login"), name="logout"),
    path("password-reset/", views.ResetPassword.as_view(), name="password-reset"),
    path("password-reset/sent/", views.ResetSent.as_view(), name="password-reset-done"),
    path(
        "password-reset/confirm/<str:uidb64>/<str:token>/", views.SetPassword.as_view(), name="password-reset-confirm"
    ),
    path("account/", views.account, name="account"),
    path("account/password/", views.ChangePassword.as_view(), name="change-password"),
    path("account/log-out-elsewhere/", views.log_out_elsewhere, name="log-out-elsewhere"),
    path("second-factor/", second_factor_views.check, name="second-factor"),
    path("second-factor/setup/", second_factor_views.setup, name="second-factor-setup"),
    path("second-factor/codes/", second_factor_views.new_codes, name="second-factor-codes"),
]
