from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "wiadukt.shop.sync"
    label = "sync"
