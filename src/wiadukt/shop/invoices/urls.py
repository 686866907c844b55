"""Addresses of the buyer's invoices."""

from __future__ import annotations

from django.urls import path

from wiadukt.shop.invoices import statement_views, views

app_name = "invoices"
urlpatterns = [
    path("", views.invoices, name="list"),
    path("pay/", views.pay, name="pay"),
    path("list.<str:fmt>", views.export, name="export"),
    path("statement/", statement_views.statement, name="statement"),
    path("statement.<str:fmt>", statement_views.statement, name="statement-file"),
    path("<int:pk>/", views.invoice, name="detail"),
    path("<int:pk>/preview.pdf", views.preview, name="preview"),
]
