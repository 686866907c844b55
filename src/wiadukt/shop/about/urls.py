"""Addresses of the pages about the shop."""

from __future__ import annotations

from django.urls import path

from wiadukt.shop.about import views

app_name = "about"
urlpatterns = [
    path("logo-<str:mark>.png", views.logo, name="logo"),
    path("<slug:slug>/", views.page, name="page"),
    path("<slug:slug>/<int:version_id>/", views.page, name="version"),
]
