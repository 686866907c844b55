from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "wiadukt.shop.accounts"
    label = "accounts"
