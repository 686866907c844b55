"""What goods can stand in for others, and what is sold with them: said by the people who look after goods."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from oscar.core.loading import get_model

from wiadukt.shop.history import record
from wiadukt.shop.history.models import Origin


def links_of(product: Any) -> list[Any]:
    """Every link of a product, whether buyers see the other one or not."""
    return list(product.primary_recommendations.select_related("recommendation").order_by("kind", "-ranking", "id"))


@transaction.atomic
def link(product: Any, other: Any, kind: str, author: str, *, both_ways: bool) -> None:
    """Repeatable; a pair has one kind of link, the last one said."""
    _link(product, other, kind, author)
    if both_ways:
        _link(other, product, kind, author)


def _link(product: Any, other: Any, kind: str, author: str) -> None:
    rows = get_model("catalogue", "ProductRecommendation").objects
    before = rows.filter(primary=product, recommendation=other).first()
    if before is not None and before.kind == kind:
        return
    rows.update_or_create(primary=product, recommendation=other, defaults={"kind": kind})
    _note(product, kind, "", other.upc, author)


@transaction.atomic
def unlink(product: Any, link_id: int, author: str) -> bool:
    """In this direction alone; False when there is no such link any more."""
    row = product.primary_recommendations.select_related("recommendation").filter(pk=link_id).first()
    if row is None:
        return False
    row.delete()
    _note(product, row.kind, row.recommendation.upc, "", author)
    return True


def _note(product: Any, kind: str, old: str, new: str, author: str) -> None:
    record.save([record.change("product", product, kind, old, new, origin=Origin.STAFF, author=author)])
