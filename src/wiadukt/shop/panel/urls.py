"""Addresses of the seller's dashboard."""

from __future__ import annotations

from django.urls import path

from wiadukt.shop.panel import incoming, invitations, messages, orders, organisations, reconciliation, retrying, views

app_name = "panel"
urlpatterns = [
    path("", views.home, name="home"),
    path("all-orders/", orders.orders, name="orders"),
    path("all-orders/<int:pk>/", orders.order, name="order"),
    path("buyers/", organisations.listed, name="organisations"),
    path("buyers/<int:pk>/", organisations.organisation, name="organisation"),
    path("buyers/<int:pk>/invite/", invitations.invite_all, name="invite-all"),
    path("members/<int:pk>/invite/", invitations.invite, name="invite"),
    path("members/<int:pk>/act/", invitations.act, name="act"),
    path("sync/", views.sync, name="sync"),
    path("sync/fetch-now/<int:pk>/", incoming.fetch_now, name="fetch-now"),
    path("sync/incoming/", incoming.listed, name="incoming"),
    path("sync/incoming/again/", incoming.fetch_again, name="fetch-again"),
    path("sync/messages/", messages.listed, name="messages"),
    path("sync/messages/again/", retrying.retry_all, name="retry-messages"),
    path("sync/messages/<int:pk>/", messages.message, name="message"),
    path("sync/messages/<int:pk>/again/", messages.retry, name="retry-message"),
    path("sync/messages/<int:pk>/edit/", messages.edit, name="edit-message"),
    path("sync/messages/<int:pk>/discard/", messages.discard, name="discard-message"),
    path("sync/messages/<int:pk>/take-back/", messages.take_back, name="take-back-message"),
    path("comparison/", reconciliation.runs, name="reconciliation"),
    path("comparison/now/", reconciliation.compare_now, name="compare"),
    path("comparison/<int:pk>/", reconciliation.drift, name="drift"),
    path("comparison/<int:pk>/<str:what>/", reconciliation.step, name="comparison-step"),
]
