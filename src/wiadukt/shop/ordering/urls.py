"""Addresses of the basket (by Oscar's names) and of the buyer's orders."""

from __future__ import annotations

from django.urls import path

from wiadukt.shop.ordering import (
    approval_views,
    basket_views,
    cancel_views,
    change_views,
    file_views,
    mail_views,
    views,
)

basket = (
    [
        path("", views.basket, name="summary"),
        path("add/<int:product_id>/", views.add, name="add"),
        path("line/<int:line_id>/", views.update, name="update"),
        path("save/", basket_views.save, name="save"),
        path("branch/", basket_views.branch, name="branch"),
        path("saved/<int:pk>/open/", basket_views.open_saved, name="open"),
        path("saved/<int:pk>/delete/", basket_views.delete_saved, name="delete"),
        path("files/", file_views.add, name="add-file"),
        path("files/<int:pk>/delete/", file_views.remove, name="remove-file"),
        path("leave-change/", change_views.leave, name="leave-change"),
        path("checkout/", views.checkout, name="checkout"),
    ],
    "basket",
)
orders = (
    [
        path("", views.orders, name="list"),
        path("mail/", mail_views.mail, name="mail"),
        path("<int:pk>/", views.order, name="detail"),
        path("<int:pk>/again/", basket_views.again, name="again"),
        path("<int:pk>/cancel/", cancel_views.cancel, name="cancel"),
        path("<int:pk>/change/", change_views.begin, name="change"),
        path("<int:pk>/confirmation.pdf", cancel_views.confirmation, name="confirmation"),
        path("<int:pk>/files/<int:file_id>/", file_views.download, name="file"),
        path("<int:pk>/withdraw/", approval_views.withdraw, name="withdraw"),
    ],
    "orders",
)
approvals = (
    [path("", approval_views.listed, name="list"), path("<int:pk>/", approval_views.order, name="order")],
    "approvals",
)
