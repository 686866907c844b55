from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "wiadukt.shop.organisations"
    label = "organisations"
