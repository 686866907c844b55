"""Addresses of the verification board."""

from __future__ import annotations

from django.urls import path

from wiadukt.shop.intake import views

app_name = "intake"
urlpatterns = [path("", views.board, name="board"), path("<int:pk>/", views.product, name="product")]
