"""What has to be read with goods so that the number of queries does not grow with them."""

from __future__ import annotations

from django.db.models import QuerySet

PRICED = ("stockrecords__partner", "level_prices", "group_prices")
"""Rows that price and availability of a product need."""
RULES = "product_class__size_rule__parameters"
"""What a product is made to size by."""


def ready(products: QuerySet) -> QuerySet:
    """With all that price, availability and a picture need."""
    return products.select_related("product_class__size_rule").prefetch_related(*PRICED, "images")
