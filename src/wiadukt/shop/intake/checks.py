"""What a product must have before buyers see it. Each check is one condition of the base, for a card and for a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from wiadukt.shop.intake.arrivals import INTAKE_SLUG

CHECKS: dict[str, Promise] = {
    "photo": _("photo"),
    "description": _("description"),
    "parameters": _("parameters"),
    "category": _("target category"),
    "price": _("price in WAPRO"),
    "unit": _("unit in WAPRO"),
}
READY = "ready"


@dataclass(frozen=True)
class Lack:
    """One thing that is missing, in the reader's words."""

    code: str
    words: Any


def checked(products: QuerySet) -> QuerySet:
    """With `lacks_<check>` for each check, `is_ready`, and the names of `missing_parameters`."""

    def has_no(app: str, model: str, **where: Any) -> Any:
        return ~Exists(get_model(app, model).objects.filter(product=OuterRef("pk"), **where))

    targets = get_model("catalogue", "ProductCategory").objects.filter(product=OuterRef("pk"))
    kept = get_model("catalogue", "ProductAttributeValue").objects.filter(
        product=OuterRef(OuterRef("pk")), attribute=OuterRef("pk")
    )
    asked = get_model("catalogue", "ProductAttribute").objects.filter(
        ~Exists(kept), product_class=OuterRef("product_class"), required=True
    )
    marks = {
        "photo": has_no("catalogue", "ProductImage"),
        "description": _holds(Q(description__regex=r"^\s*$")),
        "parameters": Exists(asked),
        "category": ~Exists(targets.exclude(category__slug=INTAKE_SLUG)),
        "price": has_no("partner", "LevelPrice", net__gt=0),
        "unit": _holds(Q(unit="")),
    }
    marked = products.annotate(**{f"lacks_{code}": marks[code] for code in CHECKS})
    marked = marked.annotate(is_ready=_holds(Q(**{f"lacks_{code}": False for code in CHECKS})))
    return marked.annotate(missing_parameters=ArraySubquery(asked.order_by("name").values("name")))


def _holds(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def lacking(products: QuerySet, check: str) -> QuerySet:
    """Of checked products those that lack it, or those that lack nothing."""
    return products.filter(is_ready=True) if check == READY else products.filter(**{f"lacks_{check}": True})


def counted(products: QuerySet) -> dict[str, int]:
    """How many of checked products lack what, and how many lack nothing."""
    conditions = {READY: Q(is_ready=True)} | {code: Q(**{f"lacks_{code}": True}) for code in CHECKS}
    counts: dict[str, int] = products.order_by().aggregate(**{k: Count("pk", filter=c) for k, c in conditions.items()})
    return counts


def missing(product: Any) -> list[Lack]:
    """What a product lacks now; `lacks_of` for one that was read by itself."""
    return lacks_of(checked(type(product).objects.filter(pk=product.pk)).get())


def lacks_of(product: Any) -> list[Lack]:
    """What a checked product lacks; each parameter by its name."""
    lacks = [Lack(code, words) for code, words in CHECKS.items() if getattr(product, f"lacks_{code}")]
    named = [Lack("parameters", _("parameter: %(name)s") % {"name": name}) for name in product.missing_parameters]
    return [one for one in lacks if one.code != "parameters"] + named
