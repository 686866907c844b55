"""Oscar's basket whose lines are worth what WAPRO will say they are worth."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from oscar.apps.basket.abstract_models import AbstractBasket, AbstractLine

from wiadukt.contract.customer import Threshold
from wiadukt.contract.money import line_value
from wiadukt.shop.forks.catalogue.ready import PRICED, RULES
from wiadukt.shop.quantities import QuantityColumn
from wiadukt.shop.sizes.chosen import Chosen, kept, mark_of, told_to_buyers


class Basket(AbstractBasket):
    """Lines come with all that price, stock and picture need: the number of queries does not grow with the basket.

    A person has one open basket and any number of saved ones. A saved one without a name is what he was filling for
    `branch` when he went over to another one. What is ordered from a basket that `changes` an order takes its place.
    """

    name = models.CharField(_("name"), max_length=80, blank=True)
    branch = models.ForeignKey(
        "organisations.Branch", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    wanted_on = models.DateField(_("wanted on"), null=True, blank=True)
    changes = models.ForeignKey(
        "order.Order", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("changes")
    )

    def all_lines(self) -> QuerySet:
        if self.pk is not None and self._lines is None:
            lines = super().all_lines().select_related("product__product_class__size_rule", "stockrecord__partner")
            self._lines = lines.prefetch_related(*(f"product__{rows}" for rows in (*PRICED, RULES)))
        return super().all_lines()

    def get_stock_info(self, product: Any, options: Any) -> Any:
        """Of a product that is made to size and came without sizes: no price, so that it can't be added so."""
        return self.strategy.fetch_for_sizes(product, {})

    def add_sized(self, product: Any, quantity: Decimal, chosen: Sequence[Chosen]) -> Any:
        """Puts in a product with answers that were judged right; the same answers make the line longer. Returns it.

        Oscar's options are not used: their codes are one shop's and not one class's, they know no limits, and what was
        chosen would change with them.
        """
        if not self.id:
            self.save()
        known, about = self._sized(product, chosen)
        line, is_new = self.lines.get_or_create(**known, defaults=about | {"quantity": quantity})
        if not is_new:
            line.quantity += quantity
            line.save()
        self.reset_offer_applications()
        return line

    def change_sized(self, line: Any, quantity: Decimal, chosen: Sequence[Chosen]) -> None:
        """Other answers, judged right, for a line that is there; it joins one that has the same already."""
        known, about = self._sized(line.product, chosen)
        same = self.lines.filter(**known).exclude(pk=line.pk).first()
        if same is not None:
            same.quantity, same.note = same.quantity + quantity, same.note or line.note
            same.save()
            line.delete()
        else:
            for name, value in (known | about | {"quantity": quantity}).items():
                setattr(line, name, value)
            line.save()
        self.reset_offer_applications()

    def _sized(self, product: Any, chosen: Sequence[Chosen]) -> tuple[dict[str, Any], dict[str, Any]]:
        """What a line of these answers is known by, and what else it keeps."""
        values = {one.code: one.value for one in chosen}
        info = self.strategy.fetch_for_sizes(product, values)
        reference = f"{product.pk}_{info.stockrecord.pk}_{mark_of(values)}"
        about = {
            "parameters": kept(chosen),
            "price_currency": info.price.currency,
            "price_excl_tax": info.price.excl_tax,
            "price_incl_tax": info.price.incl_tax,
            "tax_code": info.price.tax_code,
        }
        return {"line_reference": reference, "product": product, "stockrecord": info.stockrecord}, about

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

    @property
    def gives_way(self) -> Decimal:
        """The gross value of the order that gives way to what is in here."""
        return self.changes.total_incl_tax if self.changes_id else Decimal(0)

    def _priced(self) -> list[tuple[Decimal, Any]]:
        return [(line.quantity, line.info_before_threshold.price) for line in self.all_lines()]


class Line(AbstractLine):
    """The value is rounded line by line, as WAPRO does; Oscar rounds the sum alone. The price is that of the order's
    value: a threshold that the whole basket reaches lowers it. `note` goes with the line to WAPRO, and so do
    `parameters`, what was chosen of a product that is made to size (`sizes.Chosen`)."""

    quantity = QuantityColumn(_("quantity"), default=1)
    note = models.CharField(_("note"), max_length=200, blank=True)
    parameters = models.JSONField(default=list, blank=True)

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """What the buyer chose, for people."""
        return told_to_buyers(self.parameters)

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
