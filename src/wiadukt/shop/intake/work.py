"""Several people verify goods at once: who has a product, and that nobody writes over what he has not seen."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from wiadukt.shop.history import record
from wiadukt.shop.history.models import Origin
from wiadukt.shop.intake.models import Work

KIND = "product"


class Held(Exception):
    """Somebody else works on the product; the text says who and since when, and what one can do."""

    def __init__(self, work: Work) -> None:
        self.work = work
        text = _("%(who)s has worked on it since %(since)s: take it over first.")
        since = f"{work.since.astimezone():%d.%m.%Y %H:%M}"
        super().__init__(text % {"who": work.who, "since": since})


def locked(product_id: int) -> Any:
    """The product behind its lock, which everything that changes its content holds."""
    products = get_model("catalogue", "Product").objects.select_for_update(no_key=True)
    return products.get(pk=product_id)


def refuse_if_held(product: Any, user: Any) -> None:
    """Raises Held when somebody else works on it; the caller holds the product's lock."""
    work = Work.objects.select_related("user").filter(product=product.pk).exclude(user=user).first()
    if work is not None:
        raise Held(work)


@transaction.atomic
def take(product_id: int, user: Any, *, over: bool = False) -> Work:
    """The product is this person's until he releases or publishes it. Raises Held unless he takes it `over`."""
    product = locked(product_id)
    before = Work.objects.select_related("user").filter(product=product).first()
    if before is not None and before.user_id == user.pk:
        return before
    if before is not None and not over:
        raise Held(before)
    Work.objects.filter(product=product).delete()
    work = Work.objects.create(product=product, user=user)
    _note(product, before.who if before else "", work.who, user)
    return work


@transaction.atomic
def release(product_id: int, user: Any) -> bool:
    """Gives back one's own; False when it was not."""
    product = locked(product_id)
    work = Work.objects.filter(product=product, user=user).first()
    if work is None:
        return False
    work.delete()
    _note(product, work.who, "", user)
    return True


def _note(product: Any, before: str, after: str, user: Any) -> None:
    record.save([record.change(KIND, product, "work", before, after, origin=Origin.STAFF, author=user.email)])


def content_mark(product: Any) -> str:
    """A fingerprint of all that staff adds: a page sent with another one was opened before somebody's change."""
    parts = [
        (product.product_class_id, product.description, product.quantity_step, product.least_quantity),
        sorted(product.categories.values_list("pk", flat=True)),
        sorted((one.attribute_id, str(one.value_as_text)) for one in product.attribute_values.all()),
        sorted(product.images.values_list("pk", "caption", "display_order")),
        sorted(product.attachments.values_list("pk", "title")),
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:20]
