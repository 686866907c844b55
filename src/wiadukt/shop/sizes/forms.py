"""The buyer's form, made from a rule: its fields show limits and steps, `judge` decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from wiadukt.shop.bilingual import told
from wiadukt.shop.sizes.judge import Judged, judge, limits_of, name_of
from wiadukt.shop.sizes.rule import MM, YES, Kind, Parameter, Rule

PREFIX = "size"
"""Of the names of its fields in a page."""


class SizesForm(forms.Form):
    """One field a parameter; `judged` after `is_valid`."""

    def __init__(self, rule: Rule, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, prefix=PREFIX, **kwargs)
        self.rule, self.judged = rule, Judged()
        for one in rule.parameters:
            self.fields[one.code] = _field(one)

    def clean(self) -> dict[str, Any]:
        self.judged = judge(self.rule, {code: self[code].data or "" for code in self.fields})
        for code, problem in self.judged.problems.items():
            self.add_error(code, problem)
        return self.cleaned_data

    @property
    def mistakes(self) -> list[str]:
        """What is wrong with what was written; not what is still empty."""
        return [text for code, text in self.judged.problems.items() if code not in self.judged.missing]


def _field(one: Parameter) -> forms.Field:
    if one.kind is Kind.YES_NO:
        return forms.CharField(label=name_of(one), required=False, widget=forms.CheckboxInput(attrs={"value": YES}))
    if one.kind is Kind.CHOICE:
        choices = [(choice.code, told(choice.name_pl, choice.name_en)) for choice in one.choices]
        field = forms.CharField(label=name_of(one), required=False, widget=forms.Select(choices=[("", "–"), *choices]))
        field.widget.attrs["required"] = one.required
        return field
    limits = {"min": one.least, "max": one.most, "step": one.step, "inputmode": "numeric", "required": one.required}
    unit = f", {MM}" if one.kind is Kind.LENGTH else ""
    label = f"{name_of(one)}{unit}" if one.required else f"{name_of(one)}{unit} ({_('if wanted')})"
    widget = forms.NumberInput(attrs=limits)
    return forms.CharField(label=label, required=False, help_text=limits_of(one), widget=widget)
