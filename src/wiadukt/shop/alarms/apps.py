from django.apps import AppConfig


class AlarmsConfig(AppConfig):
    name = "wiadukt.shop.alarms"
    label = "alarms"
