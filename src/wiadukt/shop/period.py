"""A period of days that a reader chooses: a form for statements and reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def this_year() -> dict[str, str]:
    """What is asked for while nobody has chosen: from New Year until today."""
    today = timezone.localdate()
    return {"first": str(date(today.year, 1, 1)), "last": str(today)}


class PeriodForm(forms.Form):
    """Both days are included."""

    first = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=gettext_lazy("To"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("first") and said.get("last") and said["first"] > said["last"]:
            self.add_error("last", _("To: choose a day that is not before the first."))
        return said
