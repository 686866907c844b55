from django.apps import AppConfig


class PanelConfig(AppConfig):
    name = "wiadukt.shop.panel"
    label = "panel"
