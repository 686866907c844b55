from django.apps import AppConfig


class DoctorConfig(AppConfig):
    name = "wiadukt.shop.doctor"
    label = "doctor"
