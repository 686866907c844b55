"""What is filled in to ask and to answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from wiadukt.shop.organisations.access import branches_of
from wiadukt.shop.organisations.models import Member

TEXT = {"rows": 5}


class PostForm(forms.Form):
    """Something said."""

    text = forms.CharField(label=gettext_lazy("Text"), max_length=4000, widget=forms.Textarea(attrs=TEXT))


class AskForm(PostForm):
    """A new question. A person of several branches says in the name of which one."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=120)
    branch = forms.ModelChoiceField(label=gettext_lazy("Branch"), queryset=None, empty_label=None)
    field_order = ("subject", "branch", "text")

    def __init__(self, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branches = branches_of(member)
        self.fields["branch"].queryset = branches
        if len(branches) == 1:
            del self.fields["branch"]
            self.only_branch = branches[0]

    def branch_asked(self) -> Any:
        return self.cleaned_data.get("branch") or self.only_branch
