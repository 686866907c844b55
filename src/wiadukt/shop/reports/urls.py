"""Addresses of the buyer's reports."""

from __future__ import annotations

from django.urls import path

from wiadukt.shop.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.purchases, name="purchases"),
    path("purchases.<str:fmt>", views.purchases, name="purchases-file"),
]
