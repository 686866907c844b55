"""Rules of product classes as the base keeps them; `rule_of` is the door to them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.sizes.rule import Base, Choice, Kind, Parameter, Per, Role, Rule

BASES = [(Base.M2.value, _("of a square metre")), (Base.PIECE.value, _("of a piece, of whatever size"))]
KINDS = [
    (Kind.LENGTH.value, _("length in mm")),
    (Kind.CHOICE.value, _("choice of values")),
    (Kind.YES_NO.value, _("yes or no")),
    (Kind.NUMBER.value, _("whole number")),
]
ROLES = [(Role.NONE.value, "–"), (Role.WIDTH.value, _("width")), (Role.HEIGHT.value, _("height"))]
PERS = [
    (Per.PIECE.value, _("per piece")),
    (Per.M2.value, _("per m²")),
    (Per.WIDTH.value, _("per metre of width")),
    (Per.HEIGHT.value, _("per metre of height")),
    (Per.PERIMETER.value, _("per metre of perimeter")),
]


class SizeRule(models.Model):
    """That goods of a class are made to the buyer's size."""

    product_class = models.OneToOneField(
        "catalogue.ProductClass", on_delete=models.CASCADE, related_name="size_rule", primary_key=True
    )
    base = models.CharField(max_length=10, choices=BASES, default=Base.M2.value)
    least_area = models.DecimalField(max_digits=7, decimal_places=4, default=0)
    card_in_m2 = models.BooleanField(default=False)

    def as_rule(self) -> Rule:
        parameters = tuple(one.as_parameter() for one in self.parameters.all())
        return Rule(Base(self.base), parameters, self.least_area, self.card_in_m2)


class LineParameter(models.Model):
    """One thing that the buyer chooses. `choices`: code, name_pl, name_en and surcharge of each."""

    rule = models.ForeignKey(SizeRule, on_delete=models.CASCADE, related_name="parameters")
    position = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=40)
    name_pl = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=10, choices=KINDS, default=Kind.LENGTH.value)
    required = models.BooleanField(default=True)
    role = models.CharField(max_length=10, choices=ROLES, blank=True)
    least = models.PositiveIntegerField(default=0)
    most = models.PositiveIntegerField(default=0)
    step = models.PositiveIntegerField(default=1)
    surcharge = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    per = models.CharField(max_length=10, choices=PERS, default=Per.PIECE.value)
    choices = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["rule", "code"], name="one_parameter_a_code")]

    def as_parameter(self) -> Parameter:
        return Parameter(
            code=self.code,
            kind=Kind(self.kind),
            name_pl=self.name_pl,
            name_en=self.name_en,
            required=self.required,
            role=Role(self.role),
            least=self.least,
            most=self.most,
            step=self.step,
            surcharge=self.surcharge,
            per=Per(self.per),
            choices=tuple(Choice(**one | {"surcharge": Decimal(one["surcharge"])}) for one in self.choices),
        )

    @classmethod
    def of(cls, rule: SizeRule, position: int, one: Parameter) -> LineParameter:
        """An unsaved row."""
        plain = {
            name: getattr(one, name)
            for name in ("code", "name_pl", "name_en", "required", "least", "most", "step", "surcharge")
        }
        choices = [vars(choice) | {"surcharge": str(choice.surcharge)} for choice in one.choices]
        words = {"kind": one.kind.value, "role": one.role.value, "per": one.per.value}
        return cls(rule=rule, position=position, choices=choices, **plain, **words)


PIECE = "szt."
"""What is made to size is counted in, where its card is not."""
CHOOSE_FIRST = _("it is made to size: open its page and choose the sizes there")


def is_sized(product: Any) -> bool:
    """Whether its buyer chooses a size."""
    return hasattr(product.get_product_class(), "size_rule")


def rule_of(product: Any) -> Rule | None:
    """How a product is made to size; None for one that is sold as it is."""
    rule = getattr(product.get_product_class(), "size_rule", None)
    return rule.as_rule() if rule is not None else None
