"""Addresses of the door; names are Django's own."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from wiadukt.shop.accounts import views

urlpatterns = [
    path("login/", views.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(next_page="login"), name="logout"),
    path("password-reset/", views.ResetPassword.as_view(), name="password-reset"),
    path("password-reset/sent/", views.ResetSent.as_view(), name="password-reset-done"),
    path(
        "password-reset/confirm/<str:uidb64>/<str:token>/", views.SetPassword.as_view(), name="password-reset-confirm"
    ),
]
