"""What a buyer says of a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.lists.access import lists_of
from wiadukt.shop.lists.models import GoodsList
from wiadukt.shop.organisations.access import ordering_branches_of
from wiadukt.shop.organisations.models import Member


class ListForm(forms.ModelForm):
    """A new list of one of the member's branches."""

    class Meta:
        model = GoodsList
        fields = ["name", "branch"]
        labels = {"name": _("Name"), "branch": _("Branch")}
        error_messages = {"__all__": {"unique_together": _("The branch has a list of this name already.")}}

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branches = ordering_branches_of(member)
        self.fields["branch"].queryset = branches
        self.fields["branch"].empty_label = None
        self.fields["branch"].label_from_instance = lambda branch: branch.name
        self.fields["branch"].initial = branches.first()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "name" in data and "branch" in data:
            same = GoodsList.objects.filter(branch=data["branch"], name__iexact=data["name"])
            if same.exists():
                self.add_error("name", _("The branch has a list of this name already: choose another."))
        return data


class ChooseForm(forms.Form):
    """On which of the member's lists a product stands."""

    lists = forms.ModelMultipleChoiceField(
        GoodsList.objects.none(), label=_("Lists"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = lists_of(member)
        self.fields["lists"].queryset = mine
        self.fields["lists"].label_from_instance = lambda one: f"{one.name} · {one.branch.name}"
