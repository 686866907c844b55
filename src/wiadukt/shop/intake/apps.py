from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "wiadukt.shop.intake"
    label = "intake"
