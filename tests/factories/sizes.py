"""A front made to size, as the worked examples of docs/prices.md have it."""

from __future__ import annotations

from decimal import Decimal

from wiadukt.shop.sizes.rule import Base, Choice, Kind, Parameter, Per, Role, Rule

SIDES = {"top": Per.WIDTH, "bottom": Per.WIDTH, "left": Per.HEIGHT, "right": Per.HEIGHT}
EDGE = Decimal("3.20")
WIDTH = Parameter("width_mm", Kind.LENGTH, "Szerokość", "Width", role=Role.WIDTH, least=100, most=1200)
HEIGHT = Parameter("height_mm", Kind.LENGTH, "Wysokość", "Height", role=Role.HEIGHT, least=100, most=2400)
DECOR = Parameter(
    "decor",
    Kind.CHOICE,
    "Dekor",
    "Decor",
    per=Per.M2,
    choices=(Choice("PLAIN", "Gładki", "Plain"), Choice("OAK", "Dąb", "Oak", Decimal(12))),
)
HOLES = Parameter("holes", Kind.NUMBER, "Otwory", "Holes", required=False, most=12, surcharge=Decimal("1.50"))


def edge(side: str, per: Per) -> Parameter:
    return Parameter(f"edge_{side}", Kind.YES_NO, f"Okleina {side}", required=False, surcharge=EDGE, per=per)


def a_rule(*, base: Base = Base.M2, least_area: str = "0") -> Rule:
    edges = tuple(edge(side, per) for side, per in SIDES.items())
    return Rule(base, (WIDTH, HEIGHT, DECOR, *edges, HOLES), Decimal(least_area))
