from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    name = "wiadukt.shop.invoices"
    label = "invoices"
