from typing import Any

import oscar.apps.catalogue.apps as apps


class CatalogueConfig(apps.CatalogueConfig):
    name = "wiadukt.shop.forks.catalogue"

    def ready(self) -> None:
        super().ready()
        from django.db.models.signals import post_delete, post_save

        from wiadukt.shop.forks.catalogue.models import ProductAttributeValue

        for signal in (post_save, post_delete):
            signal.connect(_note_parameters, sender=ProductAttributeValue, dispatch_uid="parameter-words")


def _note_parameters(instance: Any, **_kwargs: Any) -> None:
    from wiadukt.shop.forks.catalogue.models import note_parameters

    note_parameters(instance.product_id)
