"""Of a list: what the cells of a row say about goods that are made to size."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wiadukt.shop.forks.basket.columns import plain
from wiadukt.shop.sizes.models import rule_of
from wiadukt.shop.sizes.rule import Choice, Parameter


def values_of(product: Any, answers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Answers by the rule's codes: a heading is a parameter's code or name, a value a choice's code or name. What the
    rule does not ask for is left out."""
    rule = rule_of(product)
    told = dict(answers)
    found: dict[str, str] = {}
    for one in rule.parameters if rule is not None else ():
        value = next((told[name] for name in map(plain, _names(one)) if name in told), "")
        if value:
            found[one.code] = _value(one, value)
    return found


def _names(one: Parameter | Choice) -> tuple[str, ...]:
    return tuple(filter(None, (one.code, one.name_pl, one.name_en)))


def _value(one: Parameter, text: str) -> str:
    """A spreadsheet writes 716 as 716.0."""
    for choice in one.choices:
        if text.casefold() in (name.casefold() for name in _names(choice)):
            return choice.code
    return text.removesuffix(".0")
