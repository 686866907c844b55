"""Addresses of the basket (by Oscar's names) and of the buyer's orders."""

from __future__ import annotations

from django.urls import path

from wiadukt.shop.ordering import approval_views, mail_views, views

basket = (
    [
        path("", views.basket, name="summary"),
        path("add/<int:product_id>/", views.add, name="add"),
        path("line/<int:line_id>/", views.update, name="update"),
        path("checkout/", views.checkout, name="checkout"),
    ],
    "basket",
)
orders = (
    [
        path("", views.orders, name="list"),
        path("mail/", mail_views.mail, name="mail"),
        path("<int:pk>/", views.order, name="detail"),
        path("<int:pk>/withdraw/", approval_views.withdraw, name="withdraw"),
    ],
    "orders",
)
approvals = (
    [path("", approval_views.listed, name="list"), path("<int:pk>/", approval_views.order, name="order")],
    "approvals",
)
