from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "wiadukt.shop.stock"
    label = "stock"
