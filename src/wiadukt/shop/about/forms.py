"""What staff writes about the shop."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.about.logo import as_png
from wiadukt.shop.about.models import Card, Page


class CardForm(forms.ModelForm):
    """How to reach the seller; the logo is a file, or none any more."""

    new_logo = forms.FileField(
        label=_("Logo"), required=False, widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"})
    )
    without_logo = forms.BooleanField(label=_("Show the shop's name alone"), required=False)

    class Meta:
        model = Card
        fields = ["phone", "email", "hours"]

    def clean_new_logo(self) -> bytes | None:
        upload = self.cleaned_data["new_logo"]
        return as_png(upload) if upload else None


class PageForm(forms.ModelForm):
    """What is the page's own, whatever it says."""

    class Meta:
        model = Page
        fields = ["title", "title_en", "slug", "position", "is_agreed"]
        error_messages = {"slug": {"unique": _("Another page has this address: choose another one.")}}


class VersionForm(forms.Form):
    """What a page says, and from when on."""

    text = forms.CharField(
        label=_("Text"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "An empty line begins a paragraph; ## a heading; 1. and - lists; **bold**. Links: [words](https://…)."
        ),
    )
    text_en = forms.CharField(
        label=_("Text in English"), max_length=200_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    valid_from = forms.DateField(
        label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("valid_from", timezone.localdate())
        self.latest = page.versions.first() if page.pk else None
        if self.latest is not None:
            self.initial |= {"text": self.latest.text, "text_en": self.latest.text_en}

    def clean_text(self) -> str:
        return _as_kept(self.cleaned_data["text"])

    def clean_text_en(self) -> str:
        return _as_kept(self.cleaned_data["text_en"])

    def clean_valid_from(self) -> Any:
        """The first version may be as old as the paper that it was; a later one would change what was agreed to."""
        day = self.cleaned_data["valid_from"]
        if day < timezone.localdate() and self.latest is not None:
            raise forms.ValidationError(_("This day has passed: what buyers agreed to stays. Choose today or later."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.latest is not None and (self.latest.text, self.latest.text_en) == (
            data.get("text"),
            data.get("text_en"),
        ):
            raise forms.ValidationError(_("Nothing is changed yet: change the text first."))
        return data


def _as_kept(text: str) -> str:
    """Browsers end lines in their own way."""
    return text.replace("\r\n", "\n")
