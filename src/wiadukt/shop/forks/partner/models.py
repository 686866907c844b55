"""Oscar's stock with WAPRO's available quantity and price levels."""

from __future__ import annotations

from django.db import models
from django.db.models import Value
from django.db.models.functions import Floor, Greatest
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.abstract_models import AbstractStockRecord

from wiadukt.shop.organisations.models import Agreement
from wiadukt.shop.quantities import QuantityColumn


class StockRecord(AbstractStockRecord):
    """`available` is WAPRO's figure; Oscar's whole number in stock is the same rounded down, which the base keeps so:
    the comparison with WAPRO looks at `available` alone."""

    available = models.DecimalField(max_digits=16, decimal_places=6, default=0)
    num_allocated = QuantityColumn(_("ordered, not yet in WAPRO"), null=True, blank=True)

    class Meta(AbstractStockRecord.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(num_in_stock=Greatest(Value(0), Floor("available"))),
                name="stock_is_wapros_available",
            )
        ]


class LevelPrice(models.Model):
    """The price of one unit at one of WAPRO's price levels."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="level_prices")
    level = models.CharField(max_length=20)
    level_name = models.CharField(max_length=50, blank=True)
    net = models.DecimalField(max_digits=16, decimal_places=4)
    gross = models.DecimalField(max_digits=16, decimal_places=4)
    currency = models.CharField(max_length=3, default="PLN")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "level"], name="one_price_a_level")]


class GroupPrice(Agreement):
    """What is agreed with a group of buyers."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="group_prices")
    group = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "group"], name="one_price_a_group")]


from oscar.apps.partner.models import *  # noqa: E402, F403  (Oscar registers what we did not)
