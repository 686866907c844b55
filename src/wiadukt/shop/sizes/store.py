"""Saving the rule of a class, with its history, in one transaction."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from wiadukt.shop.history import record
from wiadukt.shop.history.models import Origin
from wiadukt.shop.sizes.models import LineParameter, SizeRule
from wiadukt.shop.sizes.rule import Parameter, Rule

KIND = "product_class"


@transaction.atomic
def save_rule(product_class: Any, rule: Rule, author: str) -> None:
    """The class is made to size by this rule from now on. `check.faults_of` must have found nothing in it."""
    type(product_class).objects.select_for_update().get(pk=product_class.pk)
    kept = SizeRule.objects.filter(product_class=product_class).first()
    _note(product_class, kept.as_rule() if kept else None, rule, author)
    row, _new = SizeRule.objects.update_or_create(
        product_class=product_class,
        defaults={"base": rule.base.value, "least_area": rule.least_area, "card_in_m2": rule.card_in_m2},
    )
    row.parameters.all().delete()
    LineParameter.objects.bulk_create(LineParameter.of(row, place, one) for place, one in enumerate(rule.parameters))


@transaction.atomic
def drop_rule(product_class: Any, author: str) -> None:
    """The class is no longer made to size; orders keep what was chosen."""
    kept = SizeRule.objects.filter(product_class=product_class).select_for_update().first()
    if kept is not None:
        _note(product_class, kept.as_rule(), None, author)
        kept.delete()


def _note(product_class: Any, old: Rule | None, new: Rule | None, author: str) -> None:
    before, after = _facts(old), _facts(new)
    record.save(
        record.change(
            KIND, product_class, field, before.get(field), after.get(field), origin=Origin.STAFF, author=author
        )
        for field in [*before, *(field for field in after if field not in before)]
        if before.get(field) != after.get(field)
    )


def _facts(rule: Rule | None) -> dict[str, str]:
    if rule is None:
        return {}
    facts = {"price_base": f"{rule.base.value} {rule.least_area.normalize() + 0:f} m²"}
    facts |= {"card_in_m2": "True"} if rule.card_in_m2 else {}
    return facts | {f"parameter.{one.code}": _fact(one) for one in rule.parameters}


def _fact(one: Parameter) -> str:
    limits = f"{one.least}–{one.most}/{one.step}" if one.most else ""
    choices = ", ".join(f"{choice.code} {choice.surcharge:f}" for choice in one.choices)
    surcharge = f"{one.surcharge:f} / {one.per.value}" if one.has_surcharge else ""
    asked = "required" if one.required else ""
    return "; ".join(filter(None, [one.name_pl, one.kind.value, one.role.value, limits, choices, surcharge, asked]))
