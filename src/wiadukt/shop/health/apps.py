from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "wiadukt.shop.health"
    label = "health"
