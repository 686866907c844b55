"""Addresses of the seller's dashboard."""

from __future__ import annotations

from django.urls import path

from wiadukt.shop.panel import reconciliation, views

app_name = "panel"
urlpatterns = [
    path("", views.home, name="home"),
    path("all-orders/", views.orders, name="orders"),
    path("all-orders/<int:pk>/", views.order, name="order"),
    path("buyers/", views.organisations, name="organisations"),
    path("buyers/<int:pk>/", views.organisation, name="organisation"),
    path("buyers/<int:pk>/invite/", views.invite_all, name="invite-all"),
    path("members/<int:pk>/invite/", views.invite, name="invite"),
    path("sync/", views.sync, name="sync"),
    path("sync/retry/<str:direction>/<int:pk>/", views.retry, name="retry"),
    path("comparison/", reconciliation.runs, name="reconciliation"),
    path("comparison/now/", reconciliation.compare_now, name="compare"),
    path("comparison/<int:pk>/", reconciliation.drift, name="drift"),
    path("comparison/<int:pk>/<str:what>/", reconciliation.step, name="comparison-step"),
]
