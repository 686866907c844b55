"""Addresses of the rules of what is made to size."""

from __future__ import annotations

from django.urls import path

from wiadukt.shop.sizes import staff_views

app_name = "sizes"
urlpatterns = [
    path("", staff_views.listed, name="list"),
    path("<int:pk>/", staff_views.product_class, name="class"),
]
