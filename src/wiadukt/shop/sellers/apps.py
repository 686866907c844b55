from django.apps import AppConfig


class SellersConfig(AppConfig):
    name = "wiadukt.shop.sellers"
    label = "sellers"
