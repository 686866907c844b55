"""The demo's fronts: of a fixed size, as their card says, and made to the buyer's size."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from oscar.core.loading import get_model

from wiadukt.demo.accounts import LOGINS
from wiadukt.shop.sizes.models import SizeRule
from wiadukt.shop.sizes.rule import Base, Choice, Kind, Parameter, Per, Role, Rule
from wiadukt.shop.sizes.store import save_rule

SAW_CUTS_TO_SIZE = "FF-*-716-*"
"""The first published front of such an index is made to size, so that a machine shows it too."""
EDGING = Decimal("4.20")
EDGES = (
    ("top", "Okleina u góry", "Edging, top", Per.WIDTH),
    ("bottom", "Okleina na dole", "Edging, bottom", Per.WIDTH),
    ("left", "Okleina z lewej", "Edging, left", Per.HEIGHT),
    ("right", "Okleina z prawej", "Edging, right", Per.HEIGHT),
)
DECORS = (
    Choice("GLADKI", "Gładki", "Plain"),
    Choice("RAMKA", "Frez ramka", "Framed", Decimal(35)),
    Choice("RYFEL", "Ryflowany", "Fluted", Decimal(60)),
)
RULE = Rule(
    Base.M2,
    (
        Parameter("width_mm", Kind.LENGTH, "Szerokość", "Width", role=Role.WIDTH, least=100, most=1200),
        Parameter("height_mm", Kind.LENGTH, "Wysokość", "Height", role=Role.HEIGHT, least=100, most=2400),
        Parameter("decor", Kind.CHOICE, "Dekor", "Decor", per=Per.M2, choices=DECORS),
        *(
            Parameter(f"edge_{side}", Kind.YES_NO, polish, english, required=False, surcharge=EDGING, per=per)
            for side, polish, english, per in EDGES
        ),
        Parameter(
            "drilling", Kind.NUMBER, "Otwory pod zawiasy", "Hinge holes", required=False, most=6, surcharge=Decimal(3)
        ),
    ),
    least_area=Decimal("0.1"),
)


def fixed_class() -> Any:
    """Fronts whose card in WAPRO is one size."""
    fronts, _new = get_model("catalogue", "ProductClass").objects.get_or_create(
        slug="front", defaults={"name": "Front w stałym wymiarze", "track_stock": False, "made_to_order": True}
    )
    for code, name in (("width_mm", "Szerokość (mm)"), ("height_mm", "Wysokość (mm)")):
        fronts.attributes.get_or_create(code=code, defaults={"name": name, "type": "integer", "required": True})
    fronts.attributes.get_or_create(code="decor", defaults={"name": "Dekor", "type": "text", "required": True})
    return fronts


def sized_class() -> Any:
    """Fronts of any size: the card's price is that of a square metre."""
    fronts, _new = get_model("catalogue", "ProductClass").objects.get_or_create(
        slug="front-na-wymiar", defaults={"name": "Front na zamówienie", "track_stock": False, "made_to_order": True}
    )
    fronts.attributes.get_or_create(
        code="thickness_mm", defaults={"name": "Grubość (mm)", "type": "integer", "required": True}
    )
    if not SizeRule.objects.filter(product_class=fronts).exists():
        save_rule(fronts, RULE, LOGINS["staff"])
    return fronts


def describe(product: Any, fronts: Any) -> None:
    """Values of the parameters that its class asks for."""
    height, width = product.upc.split("-")[2:4]
    words = product.title.split()
    values = {"width_mm": int(width), "height_mm": int(height), "decor": " ".join(words[2:-1]), "thickness_mm": 18}
    for attribute in fronts.attributes.all():
        attribute.save_value(product, values[attribute.code])
