from django.apps import AppConfig


class TermsConfig(AppConfig):
    name = "wiadukt.shop.terms"
    default_auto_field = "django.db.models.BigAutoField"
