"""In what quantities goods are sold: whole units or fractions of one, from a least, by a step."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.translation import gettext as _

from wiadukt.shop.quantities import neat, said

ONE = Decimal(1)
FINEST = Decimal("0.001")
"""Of what WAPRO divides: a gram of a kilogram, a millimetre of a metre. Its base keeps six places."""


@dataclass(frozen=True)
class Portions:
    """Multiples of `step`, of which `least` is the smallest that is sold. `finest` is the unit's own step."""

    unit: str = ""
    step: Decimal = ONE
    least: Decimal = ONE
    finest: Decimal = ONE

    @classmethod
    def of(
        cls, unit: str, *, is_divisible: bool, step: Decimal | None = None, least: Decimal | None = None
    ) -> Portions:
        """By what WAPRO says of the unit and what staff asked for. A step that the unit can't have gives way to the
        unit, a least that is no multiple grows to the next one."""
        finest = FINEST if is_divisible else ONE
        by = step if step and step % finest == 0 else finest
        return cls(unit, by, _multiple(max(least or by, by), by, ROUND_CEILING), finest)

    @classmethod
    def faults(cls, step: Decimal | None, least: Decimal | None, *, is_divisible: bool) -> dict[str, str]:
        """By `step` and `least` why staff can't ask for it; empty when it can."""
        finest = FINEST if is_divisible else ONE
        if step and step % finest:
            near = {"step": said(finest), "above": said(_multiple(step, finest, ROUND_CEILING))}
            told = _("Sold by: the unit is divided down to %(step)s. Write %(above)s or another multiple.")
            return {"step": told % near}
        by = step or finest
        if least and least % by:
            near = {"step": said(by), "above": said(_multiple(least, by, ROUND_CEILING))}
            return {"least": _("At least: it has to be a multiple of %(step)s. Write %(above)s.") % near}
        return {}

    @property
    def is_usual(self) -> bool:
        """Nothing that a buyer has to be told: whole units from one, or any fraction."""
        return self.step == self.least == self.finest

    @property
    def is_whole(self) -> bool:
        return self.step % 1 == 0

    @property
    def first(self) -> Decimal:
        """What a form offers before its reader writes anything."""
        return _multiple(max(self.least, ONE), self.step, ROUND_CEILING)

    @property
    def rule(self) -> str:
        """For a buyer; empty where it goes without saying."""
        if self.is_usual:
            return ""
        by, least = said(self.step, self.unit), said(self.least, self.unit)
        if self.least == self.step:
            return _("sold by %(step)s") % {"step": by}
        if self.step == self.finest:
            return _("at least %(least)s") % {"least": least}
        return _("at least %(least)s, by %(step)s") % {"least": least, "step": by}

    def most_of(self, available: Decimal) -> Decimal:
        """The most that can be sold of what there is; 0 when that is less than the least."""
        found = _multiple(available, self.step, ROUND_FLOOR)
        return found if found >= self.least else Decimal(0)

    def problem(self, quantity: Decimal | int) -> str:
        """Why it can't be ordered in this quantity, with the nearest that can; empty when it can."""
        wanted = Decimal(quantity)
        about = {"wanted": said(wanted, self.unit), "least": said(self.least, self.unit)}
        if wanted < self.least:
            return _("you want %(wanted)s, the least that is sold is %(least)s: order %(least)s or more") % about
        below, above = (_multiple(wanted, self.step, way) for way in (ROUND_FLOOR, ROUND_CEILING))
        if below == above:
            return ""
        about |= {"step": said(self.step, self.unit)}
        about |= {"below": said(below, self.unit), "above": said(above, self.unit)}
        return _("you want %(wanted)s, it is sold by %(step)s: order %(below)s or %(above)s") % about


def _multiple(quantity: Decimal, step: Decimal, way: str) -> Decimal:
    return neat((quantity / step).to_integral_value(way) * step)
