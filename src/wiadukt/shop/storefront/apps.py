from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    name = "wiadukt.shop.storefront"
    label = "storefront"
