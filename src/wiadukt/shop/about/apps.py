from django.apps import AppConfig


class AboutConfig(AppConfig):
    name = "wiadukt.shop.about"
    label = "about"
