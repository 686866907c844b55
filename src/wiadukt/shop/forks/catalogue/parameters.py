"""Filters of a list of goods: the parameters that its goods have, and how many have each value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.http import QueryDict

from wiadukt.shop.forks.catalogue.models import ProductAttributeValue

PREFIX = "p."
"""Of a parameter's name in an address."""
MOST_VALUES = 40


@dataclass(frozen=True)
class Value:
    """One value of a parameter: how many goods have it, and whether the buyer asks for it."""

    text: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Parameter:
    """A parameter by which the list can be narrowed."""

    code: str
    name: str
    values: tuple[Value, ...]

    @property
    def field(self) -> str:
        return PREFIX + self.code

    @property
    def is_chosen(self) -> bool:
        return any(value.chosen for value in self.values)


def chosen(query: QueryDict) -> dict[str, list[str]]:
    """Values that are asked for, by the parameter's code."""
    asked = {name: query.getlist(name) for name in query if name.startswith(PREFIX)}
    return {
        name.removeprefix(PREFIX): texts
        for name, texts in asked.items()
        if not any("\0" in text for text in (name, *texts))  # which no value of the base can have
    }


def narrowed(products: QuerySet, wanted: dict[str, list[str]], *, but: str = "") -> QuerySet:
    """Goods that have one of the wanted values of each parameter; of all but the one with the code `but`."""
    for code, texts in wanted.items():
        if code != but:
            having = _values().filter(attribute__code=code, text__in=texts)
            products = products.filter(pk__in=having.values("product"))
    return products


def offered(products: QuerySet, wanted: dict[str, list[str]]) -> list[Parameter]:
    """Parameters of these goods, which are not narrowed yet; a chosen one also offers what was not chosen."""
    counted = _counted(narrowed(products, wanted))
    for code in wanted:
        counted |= {
            key: found for key, found in _counted(narrowed(products, wanted, but=code)).items() if key[0] == code
        }
    parameters = []
    for (code, name), values in sorted(counted.items(), key=lambda item: item[0][1].casefold()):
        asked = wanted.get(code, [])
        shown = [Value(text, count, text in asked) for text, count in sorted(values, key=_in_order)[:MOST_VALUES]]
        if len(shown) > 1 or asked:
            parameters.append(Parameter(code, name, tuple(shown)))
    return parameters


def _values() -> QuerySet:
    """Values of whatever type as texts."""
    typed = (Cast(f"value_{kind}", CharField()) for kind in ("integer", "float", "boolean", "date"))
    return ProductAttributeValue.objects.annotate(
        text=Coalesce(F("value_text"), F("value_option__option"), *typed, output_field=CharField())
    ).exclude(text=None)


def _counted(products: QuerySet) -> dict[tuple[str, str], list[tuple[str, int]]]:
    """By code and name of each parameter: its values, each with the number of goods."""
    having = _values().filter(product__in=products.order_by().values("pk"))
    rows = having.values_list("attribute__code", "attribute__name", "text").annotate(count=Count("product"))
    counted: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for code, name, text, count in rows.order_by():
        counted.setdefault((code, name), []).append((text, count))
    return counted


def _in_order(value: tuple[str, int]) -> tuple[int, float, Any]:
    """Numbers by size, then words by the alphabet."""
    text = value[0]
    try:
        return 0, float(text), text
    except ValueError:
        return 1, 0.0, text.casefold()
