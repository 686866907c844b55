from django.apps import AppConfig


class OrderingConfig(AppConfig):
    name = "wiadukt.shop.ordering"
    label = "ordering"
