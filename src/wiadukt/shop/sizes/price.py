"""What a piece of chosen size costs: docs/prices.md says the rule and has the worked examples.

WAPRO's price is that of a square metre or of a piece. Each part (the base, each surcharge) is rounded to a grosz by
itself, half up; the price of a piece is the sum of its parts; the other of net and gross follows by VAT.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from wiadukt.contract.money import Basis, gross_of, grosz, net_of
from wiadukt.shop.sizes.rule import MM2_IN_M2, YES, Base, Kind, Parameter, Per, Role, Rule

MM_IN_M = Decimal(1000)
NOTHING, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class UnitPrice:
    """What WAPRO's price says, with the VAT rate in percent; None is not known: gross and net then keep their ratio."""

    net: Decimal
    gross: Decimal
    vat_percent: Decimal | None = None
    basis: Basis = Basis.NET


@dataclass(frozen=True)
class Part:
    """One part of the price: so much (`quantity` of `per`) at so much (`rate`), in the price that documents count from.
    `code` is the parameter's; empty for the base."""

    code: str
    per: Per
    quantity: Decimal
    rate: Decimal
    amount: Decimal


@dataclass(frozen=True)
class SizedPrice:
    """The price of one piece and its parts, which add up to it."""

    net: Decimal
    gross: Decimal
    parts: tuple[Part, ...]


def price_of_size(rule: Rule, values: Mapping[str, str], price: UnitPrice) -> SizedPrice:
    """Of answers that `judge` found right."""
    sizes = _Sizes(rule, values)
    parts = [_base(rule, sizes, price)]
    for one in rule.parameters:
        part = _surcharge(one, values.get(one.code, ""), sizes, price)
        if part is not None:
            parts.append(part)
    total = sum((part.amount for part in parts), NOTHING)
    if price.basis is Basis.GROSS:
        return SizedPrice(grosz(_net(total, price)), total, tuple(parts))
    return SizedPrice(total, grosz(_gross(total, price)), tuple(parts))


class _Sizes:
    """What things are counted by, of one piece."""

    def __init__(self, rule: Rule, values: Mapping[str, str]) -> None:
        width, height = (self._side(rule, values, role) for role in (Role.WIDTH, Role.HEIGHT))
        self.by = {
            Per.PIECE: ONE,
            Per.M2: max(width * height / MM2_IN_M2, rule.least_area),
            Per.WIDTH: width / MM_IN_M,
            Per.HEIGHT: height / MM_IN_M,
            Per.PERIMETER: 2 * (width + height) / MM_IN_M,
        }

    @staticmethod
    def _side(rule: Rule, values: Mapping[str, str], role: Role) -> Decimal:
        parameter = rule.side(role)
        return Decimal(values.get(parameter.code, 0)) if parameter is not None else NOTHING


def _base(rule: Rule, sizes: _Sizes, price: UnitPrice) -> Part:
    per = Per.M2 if rule.base is Base.M2 else Per.PIECE
    rate = price.gross if price.basis is Basis.GROSS else price.net
    return Part("", per, sizes.by[per], rate, grosz(rate * sizes.by[per]))


def _surcharge(one: Parameter, value: str, sizes: _Sizes, price: UnitPrice) -> Part | None:
    """None where nothing is added."""
    rate, times = one.surcharge, ONE
    if one.kind is Kind.CHOICE:
        found = one.choice(value)
        rate = found.surcharge if found is not None else NOTHING
    elif one.kind is Kind.YES_NO:
        times = ONE if value == YES else NOTHING
    elif one.kind is Kind.NUMBER:
        times = Decimal(value or 0)
    else:
        rate = NOTHING
    quantity = sizes.by[one.per] * times
    if not rate or not quantity:
        return None
    net = grosz(rate * quantity)
    in_gross = price.basis is Basis.GROSS
    return Part(one.code, one.per, quantity, rate, grosz(_gross(net, price)) if in_gross else net)


def _gross(net: Decimal, price: UnitPrice) -> Decimal:
    if price.vat_percent is not None:
        return gross_of(net, price.vat_percent)
    return net * price.gross / price.net


def _net(gross: Decimal, price: UnitPrice) -> Decimal:
    if price.vat_percent is not None:
        return net_of(gross, price.vat_percent)
    return gross * price.net / price.gross
