"""Addresses of the buyer's questions."""

from __future__ import annotations

from django.urls import path

from wiadukt.shop.questions import views

app_name = "questions"
urlpatterns = [
    path("", views.listed, name="list"),
    path("ask/", views.ask, name="ask"),
    path("<int:pk>/", views.question, name="detail"),
    path("<int:pk>/close/", views.close, name="close"),
]
