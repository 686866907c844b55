"""Addresses of a buyer's lists of goods."""

from __future__ import annotations

from django.urls import path

from wiadukt.shop.lists import views

app_name = "lists"
urlpatterns = [
    path("", views.listed, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/basket/", views.to_basket, name="basket"),
    path("<int:pk>/<int:product_id>/", views.change, name="change"),
    path("choose/<int:product_id>/", views.choose, name="choose"),
]
