"""Publication: the step after which buyers see a product."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.history import record
from wiadukt.shop.history.models import Origin
from wiadukt.shop.intake.arrivals import INTAKE_SLUG, intake_category


def missing(product: Any) -> list[Promise]:
    """What a product still lacks before it may be published."""
    lacks = []
    if not product.images.all():
        lacks.append(_("photo"))
    if not product.description.strip():
        lacks.append(_("description"))
    if not [category for category in product.categories.all() if category.slug != INTAKE_SLUG]:
        lacks.append(_("target category"))
    if not product.level_prices.all():
        lacks.append(_("price in WAPRO"))
    have = {value.attribute_id for value in product.attribute_values.all()}
    for attribute in product.get_product_class().attributes.all():
        if attribute.required and attribute.pk not in have:
            lacks.append(_("parameter: %(name)s") % {"name": attribute.name})
    return lacks


@transaction.atomic
def publish(product: Any, author: str) -> None:
    """Buyers see the product from now on, while WAPRO keeps it in the shop."""
    _follow_wapro(product)
    product.published_at = product.published_at or timezone.now()
    product.follow_publication()
    product.save(update_fields=["published_at", "is_public"])
    record.save([record.change("product", product, "published", "", "1", origin=Origin.STAFF, author=author)])


def _follow_wapro(product: Any) -> None:
    """WAPRO's flags as they are now, locked: the page that staff looked at may be minutes old."""
    rows = type(product).objects.select_for_update(no_key=True)
    product.refresh_from_db(fields=["in_shop", "erp_blocked", "published_at"], from_queryset=rows)


@transaction.atomic
def withdraw(product: Any, author: str) -> None:
    """Back to the intake; content stays."""
    _follow_wapro(product)
    product.published_at = None
    product.follow_publication()
    product.save(update_fields=["published_at", "is_public"])
    product.categories.add(intake_category())
    record.save([record.change("product", product, "published", "1", "", origin=Origin.STAFF, author=author)])
