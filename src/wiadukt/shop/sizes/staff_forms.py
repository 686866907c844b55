"""What staff fills in about a product class: the price rule, and a row a parameter."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiadukt.shop.sizes.check import faults_of
from wiadukt.shop.sizes.judge import limits_of
from wiadukt.shop.sizes.models import BASES, KINDS, PERS, ROLES
from wiadukt.shop.sizes.rule import Base, Choice, Kind, Parameter, Per, Role, Rule

MOST_PARAMETERS = 20
MOST_AMOUNT = {"max_digits": 10, "decimal_places": 2}


class RuleForm(forms.Form):
    """Of what WAPRO's price is the price."""

    base = forms.ChoiceField(label=gettext_lazy("WAPRO's price is the price"), choices=BASES)
    least_area = forms.DecimalField(
        label=gettext_lazy("Smallest area that is charged, m²"),
        max_digits=7,
        decimal_places=4,
        initial=0,
        localize=True,
    )
    card_in_m2 = forms.BooleanField(label=gettext_lazy("WAPRO's card counts square metres"), required=False)


class ParameterForm(forms.Form):
    """One parameter. A row without a code and a name is no parameter."""

    name_pl = forms.CharField(label=gettext_lazy("Name, Polish"), max_length=40)
    name_en = forms.CharField(label=gettext_lazy("Name, English"), max_length=40, required=False)
    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=40, help_text=gettext_lazy("as machines know it, e.g. width_mm")
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS, initial=Kind.LENGTH.value)
    position = forms.IntegerField(label=gettext_lazy("Place in the list"), min_value=0, max_value=99, required=False)
    required = forms.BooleanField(label=gettext_lazy("Required"), required=False, initial=True)
    role = forms.ChoiceField(label=gettext_lazy("Side"), choices=ROLES, required=False)
    least = forms.IntegerField(label=gettext_lazy("At least"), min_value=0, required=False)
    most = forms.IntegerField(label=gettext_lazy("At most"), min_value=0, required=False)
    step = forms.IntegerField(label=gettext_lazy("Step"), min_value=1, initial=1, required=False)
    surcharge = forms.DecimalField(
        label=gettext_lazy("Surcharge, net"), required=False, initial=0, localize=True, **MOST_AMOUNT
    )
    per = forms.ChoiceField(label=gettext_lazy("Counted by"), choices=PERS, initial=Per.PIECE.value)
    choices = forms.CharField(
        label=gettext_lazy("Values"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=gettext_lazy("one a line: code; Polish name; English name; net surcharge"),
    )
    drop = forms.BooleanField(label=gettext_lazy("Remove"), required=False)

    def clean_choices(self) -> tuple[Choice, ...]:
        lines = [line for line in self.cleaned_data["choices"].splitlines() if line.strip()]
        return tuple(_choice(number, line) for number, line in enumerate(lines, 1))

    def as_parameter(self) -> Parameter:
        """What its kind does not have is left out: the page hides it."""
        data = self.cleaned_data
        kind = Kind(data["kind"])
        has_limits = kind in (Kind.LENGTH, Kind.NUMBER)
        return Parameter(
            code=data["code"],
            kind=kind,
            name_pl=data["name_pl"],
            name_en=data["name_en"],
            required=data["required"] and kind is not Kind.YES_NO,
            role=Role(data["role"]) if kind is Kind.LENGTH else Role.NONE,
            least=(data["least"] or 0) if has_limits else 0,
            most=(data["most"] or 0) if has_limits else 0,
            step=(data["step"] or 1) if has_limits else 1,
            surcharge=(data["surcharge"] or Decimal(0)) if kind in (Kind.YES_NO, Kind.NUMBER) else Decimal(0),
            per=Per(data["per"]),
            choices=data["choices"] if kind is Kind.CHOICE else (),
        )


def _choice(number: int, line: str) -> Choice:
    cells = [cell.strip() for cell in line.split(";")]
    about = {"number": number}
    if len(cells) not in (2, 3, 4) or not cells[0] or not cells[1]:
        raise forms.ValidationError(_("Values, line %(number)s: write code; name; English name; surcharge.") % about)
    english, surcharge = (*cells[2:], "", "")[:2]
    try:
        amount = Decimal(surcharge.replace(",", ".") or 0)
        fits = amount.is_finite() and amount == round(amount, 2) and abs(amount) < 1_000_000
    except InvalidOperation:
        fits = False
    if not fits:
        raise forms.ValidationError(_("Values, line %(number)s: the surcharge is an amount, e.g. 12,50.") % about)
    if len(cells[1]) > 40 or len(english) > 40:
        raise forms.ValidationError(_("Values, line %(number)s: a name has at most 40 signs.") % about)
    return Choice(cells[0], cells[1], english, amount)


Rows = forms.formset_factory(
    ParameterForm, extra=1, max_num=MOST_PARAMETERS, absolute_max=MOST_PARAMETERS + 1, validate_max=True
)


class Settings:
    """Both forms of a class as one: bound to what was sent, or filled with the rule that is there."""

    def __init__(self, rule: Rule | None, data: Any = None) -> None:
        head = vars(rule) | {"least_area": rule.least_area.normalize() + 0} if rule else None
        rows = [_initial(position, one) for position, one in enumerate(rule.parameters if rule else ())]
        self.head = RuleForm(data, prefix="rule", initial=head)
        self.rows = Rows(data, prefix="row", initial=rows)
        self.rule: Rule | None = None

    def is_valid(self) -> bool:
        """With `rule` when it is."""
        if not (self.head.is_valid() & self.rows.is_valid()):
            return False
        used = [form for form in self.rows if form.has_changed() or form.initial]
        used = [form for form in used if form.cleaned_data and not form.cleaned_data["drop"]]
        used.sort(key=lambda form: 99 if form.cleaned_data["position"] is None else form.cleaned_data["position"])
        head = self.head.cleaned_data
        parameters = tuple(form.as_parameter() for form in used)
        rule = Rule(Base(head["base"]), parameters, head["least_area"], head["card_in_m2"])
        faults = faults_of(rule)
        for fault in faults:
            where = self.head if fault.position is None else used[fault.position]
            where.add_error(fault.field, fault.text)
        self.rule = None if faults else rule
        return not faults


def _initial(position: int, one: Parameter) -> dict[str, Any]:
    lines = (f"{c.code}; {c.name_pl}; {c.name_en}; {f'{c.surcharge:.2f}'.replace('.', ',')}" for c in one.choices)
    return vars(one) | {"position": position + 1, "choices": "\n".join(lines), "summary": _summary(one)}


def _summary(one: Parameter) -> str:
    """Of a folded row."""
    told = [dict(KINDS)[one.kind]]
    if one.most:
        told.append(limits_of(one))
    if one.choices:
        told.append(", ".join(choice.name_pl for choice in one.choices))
    if one.surcharge:
        told.append(f"+{floatformat(one.surcharge, '2g')} {dict(PERS)[one.per]}")
    return " · ".join(map(str, told))
