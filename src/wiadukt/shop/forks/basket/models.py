"""Oscar's basket whose lines are worth what WAPRO will say they are worth."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import QuerySet
from oscar.apps.basket.abstract_models import AbstractBasket, AbstractLine

from wiadukt.contract.money import line_value


class Basket(AbstractBasket):
    """Lines come with all that price, stock and picture need: the number of queries does not grow with the basket."""

    def all_lines(self) -> QuerySet:
        if self.pk is not None and self._lines is None:
            lines = super().all_lines().select_related("product__product_class", "stockrecord__partner")
            self._lines = lines.prefetch_related("product__level_prices", "product__stockrecords__partner")
        return super().all_lines()


class Line(AbstractLine):
    """The value is rounded line by line, as WAPRO does; Oscar rounds the sum alone."""

    @property
    def line_price_excl_tax(self) -> Decimal | None:
        price = self.unit_price_excl_tax
        return None if price is None else line_value(self.quantity, price)

    @property
    def line_price_incl_tax(self) -> Decimal | None:
        price = self.unit_price_incl_tax
        return None if price is None else line_value(self.quantity, price)


from oscar.apps.basket.models import *  # noqa: E402, F403  (Oscar registers what we did not)
