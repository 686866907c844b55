from django.apps import AppConfig


class RoadsConfig(AppConfig):
    name = "wiadukt.shop.roads"
    label = "roads"
