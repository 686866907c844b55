"""Publication: the step after which buyers see a product."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from wiadukt.shop.history import record
from wiadukt.shop.history.models import Origin
from wiadukt.shop.intake.arrivals import INTAKE_SLUG, intake_category
from wiadukt.shop.intake.checks import Lack, missing
from wiadukt.shop.intake.models import Work


class NotReady(Exception):
    """The product lacks something and nobody said why it may go without."""

    def __init__(self, lacks: list[Lack]) -> None:
        self.lacks = lacks
        super().__init__(words_of(lacks))


def words_of(lacks: list[Lack]) -> str:
    return ", ".join(str(lack.words) for lack in lacks)


@transaction.atomic
def publish(product: Any, author: str, reason: str = "") -> None:
    """Buyers see the product from now on, while WAPRO keeps it in the shop.

    What it lacks is asked behind its lock. Raises NotReady, unless a `reason` is given: then that is in the history.
    """
    _follow_wapro(product)
    lacks = missing(product)
    if lacks and not reason.strip():
        raise NotReady(lacks)
    product.published_at = product.published_at or timezone.now()
    product.follow_publication()
    product.save(update_fields=["published_at", "is_public"])
    product.categories.remove(*product.categories.filter(slug=INTAKE_SLUG))
    Work.objects.filter(product=product).delete()
    about = {"origin": Origin.STAFF, "author": author}
    changes = [record.change("product", product, "published", "", "1", **about)]
    if lacks:
        changes.append(record.change("product", product, "published_without", words_of(lacks), reason.strip(), **about))
    record.save(changes)


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
