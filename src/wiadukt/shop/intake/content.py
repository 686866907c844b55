"""What staff adds to a product: written in one place, by whatever road it comes, with the history of each field."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import nh3
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags

from wiadukt.shop.history import record
from wiadukt.shop.history.models import Origin
from wiadukt.shop.intake.arrivals import INTAKE_SLUG
from wiadukt.shop.intake.parameters import parsed, text_of

KIND = "product"
PORTIONS = {"step": "quantity_step", "least": "least_quantity"}


@dataclass(frozen=True)
class Content:
    """What a product is to have; None leaves as it is. `parameters`: values by code, None takes one away; of `step` and
    `least`, its own portions, 0 does."""

    product_class: Any = None
    category: Any = None
    description: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    step: Decimal | None = None
    least: Decimal | None = None


@dataclass(frozen=True)
class Difference:
    """One field that is to change, as the history will name it."""

    field: str
    old: str
    new: str


def clean_html(text: str) -> str:
    """Rich text with harmless marks only; empty when no word is in it."""
    return str(nh3.clean(text)).strip() if strip_tags(text).strip() else ""


def target_of(product: Any) -> Any:
    """The category in which buyers will find it, if it has one."""
    return product.categories.exclude(slug=INTAKE_SLUG).first()


def content_of(product: Any) -> Content:
    """All that staff added to it."""
    values = {one.attribute.code: one.value for one in product.attribute_values.select_related("attribute")}
    return Content(product.get_product_class(), target_of(product), product.description, values)


def differences(product: Any, wanted: Content) -> list[Difference]:
    """What `apply` would change."""
    found = []
    kind = wanted.product_class or product.get_product_class()
    if kind != product.get_product_class():
        found.append(Difference("product_class", product.get_product_class().name, kind.name))
    target = target_of(product)
    if wanted.category is not None and wanted.category != target:
        found.append(Difference("target_category", target.full_name if target else "", wanted.category.full_name))
    if wanted.description is not None and clean_html(wanted.description) != product.description:
        found.append(Difference("description", product.description, clean_html(wanted.description)))
    for name, new in _portions(wanted).items():
        old = getattr(product, name)
        if new != old:
            found.append(Difference(name, "" if old is None else f"{old:f}", "" if new is None else f"{new:f}"))
    have, values = _texts(product), _carried(product, kind) | dict(wanted.parameters)
    for attribute in kind.attributes.order_by("code"):
        old = have.get(attribute.code, "")
        new = text_of(attribute, values[attribute.code]) if attribute.code in values else old
        if new != old:
            found.append(Difference(f"parameter.{attribute.name}", old, new))
    return found


def apply(product: Any, wanted: Content, author: str) -> list[Difference]:
    """Writes what differs and its history; the caller holds the product's lock. Returns what was changed."""
    found = differences(product, wanted)
    if not found:
        return found
    kind = wanted.product_class or product.get_product_class()
    values = _carried(product, kind) | dict(wanted.parameters)
    product.attribute_values.exclude(attribute__product_class=kind).delete()
    product.product_class = kind
    if wanted.description is not None:
        product.description = clean_html(wanted.description)
    for name, value in _portions(wanted).items():
        setattr(product, name, value)
    product.save(update_fields=["product_class", "description", "date_updated", *PORTIONS.values()])
    if wanted.category is not None:
        product.categories.remove(*product.categories.exclude(slug=INTAKE_SLUG))
        product.categories.add(wanted.category)
    for attribute in kind.attributes.filter(code__in=values):
        _put(attribute, product, values[attribute.code])
    note(product, found, author)
    return found


def _portions(wanted: Content) -> dict[str, Decimal | None]:
    said = {column: getattr(wanted, name) for name, column in PORTIONS.items()}
    return {column: value or None for column, value in said.items() if value is not None}


def note(product: Any, found: list[Difference], author: str) -> None:
    about = {"origin": Origin.STAFF, "author": author}
    record.save(record.change(KIND, product, one.field[:60], one.old, one.new, **about) for one in found)


def _put(attribute: Any, product: Any, value: Any) -> None:
    if value is None or value == "":
        product.attribute_values.filter(attribute=attribute).delete()
    else:
        attribute.save_value(product, value)


def _carried(product: Any, kind: Any) -> dict[str, Any]:
    """Of a product that gets another class: values of parameters that the other class can hold as well."""
    if kind == product.get_product_class():
        return {}
    values, have = {}, _texts(product)
    for attribute in kind.attributes.filter(code__in=have):
        with suppress(ValidationError):
            values[attribute.code] = parsed(attribute, have[attribute.code])
    return values


def _texts(product: Any) -> dict[str, str]:
    rows = product.attribute_values.select_related("attribute", "attribute__option_group")
    return {one.attribute.code: text_of(one.attribute, one.value) for one in rows}
