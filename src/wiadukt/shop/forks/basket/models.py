"""Oscar's basket whose lines are worth what WAPRO will say they are worth."""

from __future__ import annotations

from decimal import Decimal

from oscar.apps.basket.abstract_models import AbstractLine

from wiadukt.contract.money import line_value


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
