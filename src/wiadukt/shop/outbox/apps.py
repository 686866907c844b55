from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "wiadukt.shop.outbox"
    label = "outbox"
