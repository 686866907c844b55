"""What the seller's people say of orders for more than there is."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OverStock(models.TextChoices):
    """What becomes of an order for more than there is."""

    ALLOW = "allow", _("take it without a word")
    WARN = "warn", _("take it and warn the buyer")
    FORBID = "forbid", _("do not take it")


class StockRule(models.Model):
    """What the seller's people say of orders above the stock, of one product type or, without one, of all the rest."""

    product_class = models.OneToOneField(
        "catalogue.ProductClass", on_delete=models.CASCADE, null=True, related_name="stock_rule"
    )
    action = models.CharField(max_length=10, choices=OverStock.choices)
    author = models.CharField(max_length=254)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product_class"], nulls_distinct=False, name="one_stock_rule_a_product_type"
            )
        ]
