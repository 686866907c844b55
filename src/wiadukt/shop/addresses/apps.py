from django.apps import AppConfig


class AddressesConfig(AppConfig):
    name = "wiadukt.shop.addresses"
    label = "addresses"
