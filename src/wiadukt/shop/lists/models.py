"""Goods that a branch orders often: lists under names, each the branch's and not one person's."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.organisations.models import Branch, Member
from wiadukt.shop.quantities import QuantityColumn


class GoodsList(models.Model):
    """A list of one branch. Whoever orders for the branch fills it; its maker, approvers and managers delete it."""

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="goods_lists")
    name = models.CharField(_("name"), max_length=60)
    made_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["branch__name", "name"]
        constraints = [models.UniqueConstraint(fields=["branch", "name"], name="goods_list_named_once")]

    def __str__(self) -> str:
        return self.name


class ListedProduct(models.Model):
    """A product of a list, and how many of it go to the basket with the list."""

    goods_list = models.ForeignKey(GoodsList, on_delete=models.CASCADE, related_name="products")
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="+")
    quantity = QuantityColumn(_("quantity"), default=1)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["goods_list", "product"], name="product_listed_once")]
