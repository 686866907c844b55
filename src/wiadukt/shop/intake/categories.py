"""Target categories: what WAPRO's tree proposes, and rules by which goods that come later get theirs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from oscar.core.loading import get_model

from wiadukt.shop.intake.arrivals import INTAKE_SLUG
from wiadukt.shop.intake.checks import checked, lacking
from wiadukt.shop.intake.content import Content, apply
from wiadukt.shop.intake.models import CategoryRule
from wiadukt.shop.intake.work import locked

SEPARATOR = " / "
"""Between names of WAPRO's path."""


def targets() -> QuerySet:
    """Categories in which goods may be sold."""
    return get_model("catalogue", "Category").objects.exclude(slug=INTAKE_SLUG).order_by("path")


def waiting() -> QuerySet:
    """Goods that WAPRO sent and nobody has published yet."""
    return get_model("catalogue", "Product").objects.filter(published_at=None, in_shop=True)


def proposals(erp_categories: Iterable[str]) -> dict[str, Any]:
    """By category in WAPRO: the rule's target, else where most of its goods are sold, else a category named alike."""
    asked = {name for name in erp_categories if name}
    named = {category.name.casefold(): category for category in targets()}
    found = {name: named[last] for name in asked if (last := name.split(SEPARATOR)[-1].casefold()) in named}
    found |= _usual(asked)
    rules = CategoryRule.objects.select_related("category").filter(erp_category__in=asked)
    return found | {rule.erp_category: rule.category for rule in rules}


def _usual(erp_categories: set[str]) -> dict[str, Any]:
    sold = get_model("catalogue", "ProductCategory").objects.exclude(category__slug=INTAKE_SLUG)
    sold = sold.filter(product__erp_category__in=erp_categories, product__published_at__isnull=False)
    rows = sold.values_list("product__erp_category", "category").annotate(n=Count("pk")).order_by("n", "category")
    most = {erp_category: category for erp_category, category, _n in rows}
    categories = targets().in_bulk(most.values())
    return {erp_category: categories[key] for erp_category, key in most.items() if key in categories}


@transaction.atomic
def set_rule(erp_category: str, category: Any, author: str) -> int:
    """From now on goods of this category in WAPRO are sold there; those that wait without a target get it at once."""
    CategoryRule.objects.update_or_create(erp_category=erp_category, defaults={"category": category, "author": author})
    without = lacking(checked(waiting().filter(erp_category=erp_category)), "category")
    keys = list(without.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        apply(locked(key), Content(category=category), author)
    return len(keys)


@transaction.atomic
def same_path(erp_category: str) -> Any:
    """The shop's category with WAPRO's own path; what is missing of it is made."""
    Category = get_model("catalogue", "Category")
    found = None
    for name in erp_category.split(SEPARATOR):
        siblings = found.get_children() if found else Category.get_root_nodes()
        known = siblings.exclude(slug=INTAKE_SLUG).filter(name__iexact=name).first()
        found = known or (found.add_child(name=name) if found else Category.add_root(name=name))
        found = Category.objects.get(pk=found.pk)
    return found
