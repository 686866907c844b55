"""Addresses of the buyer's invoices."""

from __future__ import annotations

from django.urls import path

from wiadukt.shop.invoices import views

app_name = "invoices"
urlpatterns = [path("", views.invoices, name="list"), path("<int:pk>/", views.invoice, name="detail")]
