"""Oscar's basket whose lines are worth what WAPRO will say they are worth."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from oscar.apps.basket.abstract_models import AbstractBasket, AbstractLine

from wiadukt.contract.customer import Threshold
from wiadukt.contract.money import line_value
from wiadukt.shop.forks.catalogue.ready import PRICED


class Basket(AbstractBasket):
    """Lines come with all that price, stock and picture need: the number of queries does not grow with the basket.

    A person has one open basket and any number of saved ones. A saved one without a name is what he was filling for
    `branch` when he went over to another one.
    """

    name = models.CharField(_("name"), max_length=80, blank=True)
    branch = models.ForeignKey(
        "organisations.Branch", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def all_lines(self) -> QuerySet:
        if self.pk is not None and self._lines is None:
            lines = super().all_lines().select_related("product__product_class", "stockrecord__partner")
            self._lines = lines.prefetch_related(*(f"product__{rows}" for rows in PRICED))
        return super().all_lines()

    @property
    def value_before_threshold(self) -> Decimal:
        """What reaches a threshold."""
        value: Decimal = self.strategy.value_for_threshold(self._priced())
        return value

    @property
    def threshold(self) -> Threshold | None:
        """The threshold that this basket reaches; counted once for the lines as they were read."""
        lines, found = getattr(self, "_threshold", (None, None))
        if lines is None or lines is not self._lines:
            found = self.strategy.threshold_of(self._priced())
            self._threshold = (self._lines, found)
        return found

    def _priced(self) -> list[tuple[int, Any]]:
        return [(line.quantity, line.info_before_threshold.price) for line in self.all_lines()]


class Line(AbstractLine):
    """The value is rounded line by line, as WAPRO does; Oscar rounds the sum alone. The price is that of the order's
    value: a threshold that the whole basket reaches lowers it. `note` goes with the line to WAPRO."""

    note = models.CharField(_("note"), max_length=200, blank=True)

    @property
    def info_before_threshold(self) -> Any:
        return super().purchase_info

    @property
    def purchase_info(self) -> Any:
        info = super().purchase_info
        return info._replace(price=self.basket.strategy.in_order(info.price, self.basket.threshold))

    @property
    def line_price_excl_tax(self) -> Decimal | None:
        price = self.unit_price_excl_tax
        return None if price is None else line_value(self.quantity, price)

    @property
    def line_price_incl_tax(self) -> Decimal | None:
        price = self.unit_price_incl_tax
        return None if price is None else line_value(self.quantity, price)


from oscar.apps.basket.models import *  # noqa: E402, F403  (Oscar registers what we did not)
