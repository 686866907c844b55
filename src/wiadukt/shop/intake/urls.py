"""Addresses of the verification board."""

from __future__ import annotations

from django.urls import path

from wiadukt.shop.intake import content_views, deeds, link_views, stock_views, views

app_name = "intake"
urlpatterns = [
    path("", views.board, name="board"),
    path("many/", deeds.bulk, name="bulk"),
    path("many/publish/", deeds.publish_many, name="publish-many"),
    path("photos/", content_views.photos, name="photos"),
    path("sheet/", content_views.sheet, name="sheet"),
    path("sheet/goods.xlsx", content_views.export, name="export"),
    path("sheet/<int:pk>/import/", content_views.import_sheet, name="import-sheet"),
    path("stock/", stock_views.rules, name="stock"),
    path("categories/", content_views.categories, name="categories"),
    path("<int:pk>/", views.product, name="product"),
    path("<int:pk>/links/", link_views.change, name="links"),
    path("<int:pk>/copy/", deeds.copy, name="copy"),
    path("<int:pk>/<str:what>/", deeds.work, name="work"),
]
