"""Whether a rule can work, before staff saves it: each fault names its field and what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wiadukt.shop.sizes.rule import SIDES, Base, Kind, Parameter, Role, Rule

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
CHOICE_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,29}")
LONGEST_LENGTH = 100_000
ROOM_IN_WAPRO = 290
"""Signs for the parameters in a line's description in WAPRO, which takes 500: the rest is for the buyer's note and for
parameters that the product itself has."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: of the parameter at `position` (None: of the rule), in `field`."""

    position: int | None
    field: str
    text: str


def faults_of(rule: Rule) -> list[Fault]:
    """Everything that is wrong with it at once; empty when it can be saved."""
    found = [fault for position, one in enumerate(rule.parameters) for fault in _of_parameter(position, one)]
    return found + list(_of_codes(rule)) + list(_of_sides(rule)) + list(_of_room(rule))


def _of_parameter(position: int, one: Parameter) -> Iterator[Fault]:
    def fault(field: str, text: str) -> Fault:
        return Fault(position, field, text)

    if not CODE.fullmatch(one.code):
        yield fault("code", _("Code: small letters without accents, digits and _, e.g. width_mm."))
    for field, text in (("name_pl", one.name_pl), ("name_en", one.name_en)):
        if not _fits(text):
            yield fault(field, _("Name: WAPRO can't keep one of its signs. Leave it out."))
    if one.kind in (Kind.LENGTH, Kind.NUMBER):
        yield from _of_limits(position, one)
    if one.role is not Role.NONE and one.kind is not Kind.LENGTH:
        yield fault("role", _("Side: only a length can be the width or the height. Choose – here."))
    if one.role is not Role.NONE and not one.required:
        yield fault("required", _("Required: the price needs both sides. Tick it."))
    if one.kind is Kind.CHOICE:
        yield from _of_choices(position, one)
    if one.kind is Kind.LENGTH and one.surcharge:
        yield fault("surcharge", _("Surcharge: a length has none, its price is that of the area. Write 0."))
    if one.kind is Kind.CHOICE and one.surcharge:
        yield fault("surcharge", _("Surcharge: of a choice it stands with each value. Write 0 here."))
    if one.surcharge < 0:
        yield fault("surcharge", _("Surcharge: it can't be below 0. Write 0 or more."))


def _of_limits(position: int, one: Parameter) -> Iterator[Fault]:
    if one.most < one.least:
        yield Fault(position, "most", _("At most: it is below the least. Write at least %(least)s.") % vars(one))
    elif one.most > LONGEST_LENGTH or (one.kind is Kind.LENGTH and one.least == 0):
        limits = {"least": 1, "most": LONGEST_LENGTH}
        yield Fault(position, "least", _("Limits: from %(least)s to %(most)s. Correct them.") % limits)
    elif one.step < 1 or (one.most - one.least) % one.step:
        yield Fault(
            position, "step", _("Step: the way from the least to the most is no multiple of it. Write another one.")
        )


def _of_choices(position: int, one: Parameter) -> Iterator[Fault]:
    if not one.choices:
        yield Fault(position, "choices", _("Values: write at least one, each in a line of its own."))
    for code, times in Counter(choice.code for choice in one.choices).items():
        if times > 1:
            yield Fault(
                position, "choices", _("Values: the code %(code)s is there twice. Change one.") % {"code": code}
            )
    for choice in one.choices:
        if not CHOICE_CODE.fullmatch(choice.code):
            text = _("Values: the code %(code)s may have letters without accents, digits, dots and dashes only.")
            yield Fault(position, "choices", text % {"code": choice.code})
        if not (_fits(choice.name_pl) and _fits(choice.name_en)):
            text = _("Values: WAPRO can't keep a sign of %(code)s. Leave it out.")
            yield Fault(position, "choices", text % {"code": choice.code})
        if choice.surcharge < 0:
            text = _("Values: the surcharge of %(code)s can't be below 0.")
            yield Fault(position, "choices", text % {"code": choice.code})


def _of_codes(rule: Rule) -> Iterator[Fault]:
    seen: set[str] = set()
    for position, one in enumerate(rule.parameters):
        if one.code in seen:
            yield Fault(position, "code", _("Code: another parameter has it already. Write another one."))
        seen.add(one.code)


def _of_sides(rule: Rule) -> Iterator[Fault]:
    sides = Counter(one.role for one in rule.parameters)
    for position, one in enumerate(rule.parameters):
        if one.role is not Role.NONE and sides[one.role] > 1:
            yield Fault(position, "role", _("Side: two parameters are the same side. Choose – for one of them."))
        if one.has_surcharge and not SIDES[one.per] <= sides.keys():
            yield Fault(position, "per", _("Counted by: no length has that side. Give a length its side."))
    if rule.base is Base.M2 and not {Role.WIDTH, Role.HEIGHT} <= sides.keys():
        yield Fault(
            None, "base", _("Price of a square metre: add two lengths, one with the side width, one with height.")
        )
    if rule.card_in_m2 and rule.base is not Base.M2:
        text = _("A card that counts square metres has the price of one: choose the price of a square metre.")
        yield Fault(None, "base", text)
    if rule.least_area < 0:
        yield Fault(None, "least_area", _("Smallest area: it can't be below 0. Write 0 or more."))


def _of_room(rule: Rule) -> Iterator[Fault]:
    longest = sum(len(one.name_pl) + len(": ; ") + _longest_value(one) for one in rule.parameters)
    if longest > ROOM_IN_WAPRO:
        text = _(
            "Parameters: together they can take %(longest)s signs of a line's description in WAPRO, which has room for "
            "%(room)s. Shorten the Polish names."
        )
        yield Fault(None, "base", text % {"longest": longest, "room": ROOM_IN_WAPRO})


def _longest_value(one: Parameter) -> int:
    if one.kind is Kind.CHOICE:
        return max((len(choice.name_pl) for choice in one.choices), default=0)
    return len("100000 mm") if one.kind is Kind.LENGTH else len("100000")


def _fits(text: str) -> bool:
    try:
        text.encode("cp1250")
    except UnicodeEncodeError:
        return False
    return text.isprintable()
