"""Addresses of what changed."""

from __future__ import annotations

from django.urls import path

from wiadukt.shop.storefront import timelines

app_name = "history"
urlpatterns = [
    path("<str:kind>/<int:pk>/", timelines.shown, name="shown"),
    path("<str:kind>/<int:pk>.<str:fmt>", timelines.exported, name="export"),
]
