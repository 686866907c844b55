"""Addresses of the buyer's places and of the company's own addresses."""

from __future__ import annotations

from django.urls import path

from wiadukt.shop.addresses import views

app_name = "places"
urlpatterns = [
    path("", views.places, name="list"),
    path("new/", views.new_place, name="new"),
    path("pick/", views.pick, name="pick"),
    path("company/", views.company, name="company"),
    path("<int:pk>/", views.place, name="place"),
    path("<int:pk>/favourite/", views.favourite, name="favourite"),
    path("<int:pk>/default/", views.default, name="default"),
    path("<int:pk>/<str:what>/", views.act, name="act"),
]
