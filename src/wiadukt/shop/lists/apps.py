from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "wiadukt.shop.lists"
    label = "lists"
