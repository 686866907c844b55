"""Addresses of the goods, by Oscar's names."""

from __future__ import annotations

from django.urls import path, re_path

from wiadukt.shop.forks.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.index, name="index"),
    path("suggest/", views.suggest, name="suggest"),
    path("price/<int:pk>/", views.price, name="price"),
    path("attachments/<int:pk>/", views.attachment, name="attachment"),
    re_path(r"^(?P<product_slug>[\w-]*)_(?P<pk>\d+)/$", views.detail, name="detail"),
    re_path(r"^category/(?P<category_slug>[\w-]+(/[\w-]+)*)_(?P<pk>\d+)/$", views.category, name="category"),
]
