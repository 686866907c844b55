"""Whether the answers of a buyer can be made: one judge for the page, the basket, the order and whatever repeats it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from wiadukt.shop.bilingual import told
from wiadukt.shop.sizes.chosen import Chosen
from wiadukt.shop.sizes.rule import MM, NO, YES, Kind, Parameter, Rule

YES_WORDS = frozenset({YES, "on", "true", "1", "tak"})
LONGEST_NUMBER = 7
TEXTS = {YES: ("tak", "yes"), NO: ("nie", "no")}


@dataclass(frozen=True)
class Judged:
    """`chosen` in the rule's order. `problems`: by code one sentence with field, limit and remedy; `missing` are codes
    that were left empty, which `problems` has as well."""

    chosen: tuple[Chosen, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()

    @property
    def values(self) -> dict[str, str]:
        return {one.code: one.value for one in self.chosen}


class Unfit(ValueError):
    """This answer can't be made; its text says why and what to write instead."""


def judge(rule: Rule, given: Mapping[str, str]) -> Judged:
    """What was given, by code, against the rule. What the rule does not ask for is left out."""
    chosen, problems, missing = [], {}, set()
    for one in rule.parameters:
        text = str(given.get(one.code) or "").strip()
        try:
            if not text and one.kind is not Kind.YES_NO:
                if one.required:
                    missing.add(one.code)
                    raise Unfit(_asked(one))
                continue
            chosen.append(_READ[one.kind](one, text))
        except Unfit as problem:
            problems[one.code] = str(problem)
    return Judged(tuple(chosen), problems, frozenset(missing))


def name_of(one: Parameter) -> str:
    """In the reader's language."""
    return told(one.name_pl, one.name_en)


def limits_of(one: Parameter) -> str:
    """Of a length or a number, for people: `100–2400 mm, co 1 mm`."""
    unit = f" {MM}" if one.kind is Kind.LENGTH else ""
    limits = f"{one.least}–{one.most}{unit}"
    if one.step == 1:
        return limits
    return _("%(limits)s, in steps of %(step)s") % {"limits": limits, "step": f"{one.step}{unit}"}


def _asked(one: Parameter) -> str:
    if one.kind is Kind.CHOICE:
        return _("%(name)s: choose one of the list.") % {"name": name_of(one)}
    return _("%(name)s: write a whole number, %(limits)s.") % {"name": name_of(one), "limits": limits_of(one)}


def _number(one: Parameter, text: str) -> Chosen:
    plain = text.removesuffix(MM).strip()
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= LONGEST_NUMBER):
        raise Unfit(_asked(one))
    number = int(plain)
    about = {"name": name_of(one), "number": number, "limits": limits_of(one), "least": one.least, "most": one.most}
    if number > one.most:
        raise Unfit(_("%(name)s: %(number)s is too much, at most %(most)s. Write less (%(limits)s).") % about)
    if number < one.least:
        raise Unfit(_("%(name)s: %(number)s is too little, at least %(least)s. Write more (%(limits)s).") % about)
    over = (number - one.least) % one.step
    if over:
        near = {"below": number - over, "above": number - over + one.step, "step": one.step}
        words = _("%(name)s: %(number)s is between two steps of %(step)s. Write %(below)s or %(above)s.")
        raise Unfit(words % (about | near))
    unit = MM if one.kind is Kind.LENGTH else ""
    shown = f"{number} {unit}".strip()
    return _chosen(one, str(number), shown, shown, unit)


def _choice(one: Parameter, text: str) -> Chosen:
    found = one.choice(text)
    if found is None:
        raise Unfit(_asked(one))
    return _chosen(one, found.code, found.name_pl, found.name_en or found.name_pl)


def _yes_or_no(one: Parameter, text: str) -> Chosen:
    value = YES if text.lower() in YES_WORDS else NO
    return _chosen(one, value, *TEXTS[value])


def _chosen(one: Parameter, value: str, text_pl: str, text_en: str, unit: str = "") -> Chosen:
    return Chosen(one.code, value, unit, one.name_pl, one.name_en, text_pl, text_en, one.role.value)


_READ = {Kind.LENGTH: _number, Kind.NUMBER: _number, Kind.CHOICE: _choice, Kind.YES_NO: _yes_or_no}
