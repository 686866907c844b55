from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "wiadukt.shop.history"
    label = "history"
