"""Where new goods land: the intake category, which buyers never see, and the target that a rule names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from oscar.core.loading import get_model

from wiadukt.shop.intake.models import CategoryRule

INTAKE_SLUG = "intake"
DEFAULT_CLASS = "Towar"


def intake_category() -> Any:
    """The temporary category "Do weryfikacji", made when it is not there."""
    Category = get_model("catalogue", "Category")
    found = Category.objects.filter(slug=INTAKE_SLUG, depth=1).first()
    return found or Category.add_root(name="Do weryfikacji", slug=INTAKE_SLUG, is_public=False, exclude_from_menu=True)


def default_class() -> Any:
    """The product class of goods that staff has not configured yet: sold from stock."""
    ProductClass = get_model("catalogue", "ProductClass")
    return ProductClass.objects.get_or_create(
        slug="towar", defaults={"name": DEFAULT_CLASS, "track_stock": True, "requires_shipping": True}
    )[0]


def land(products: Iterable[Any]) -> None:
    """Puts new products into the intake category, and into the one that a rule names for their category in WAPRO."""
    landed = list(products)
    intake = intake_category().pk
    rules = dict(CategoryRule.objects.values_list("erp_category", "category"))
    ProductCategory = get_model("catalogue", "ProductCategory")
    rows = [ProductCategory(product=product, category_id=intake) for product in landed]
    rows += [
        ProductCategory(product=product, category_id=rules[product.erp_category])
        for product in landed
        if product.erp_category in rules
    ]
    ProductCategory.objects.bulk_create(rows)
