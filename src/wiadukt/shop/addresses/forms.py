"""Forms of addresses: what WAPRO could not keep is said here, at the field, before anything is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wiadukt.contract.address_change import CardPart, CardValue
from wiadukt.contract.base import ContractModel
from wiadukt.contract.customer import Address, PlaceCard
from wiadukt.shop.addresses.rules import Rules, phone, postal_code
from wiadukt.shop.organisations.access import ordering_branches_of
from wiadukt.shop.organisations.models import Branch, DeliveryPlace, Member, Role

NEIGHBOURS = ("PL", "DE", "CZ", "SK", "LT", "UA")
COUNTRIES = (
    *NEIGHBOURS, "AT", "BE", "BG", "CH", "CY", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IT", "LU",
    "LV", "MT", "NL", "NO", "PT", "RO", "SE", "SI",
)  # fmt: skip


def countries(held: str = "") -> list[tuple[str, str]]:
    """Neighbours first, then Europe by name; what WAPRO holds beside them stays as it is."""
    names = Locale.parse(get_language() or "pl", sep="-").territories
    others = sorted(COUNTRIES[len(NEIGHBOURS) :], key=lambda code: names[code])
    found = [(code, names[code]) for code in (*NEIGHBOURS, *others)]
    return found if not held or held in COUNTRIES else [*found, (held, names.get(held, held))]


def fingerprint(value: ContractModel) -> str:
    """Tells whether the address is still the one that the person saw."""
    return hashlib.sha256(value.model_dump_json().encode()).hexdigest()[:16]


class AddressLines(forms.Form):
    """What every form of an address does alike. `where` is how the connector calls the field group."""

    where = "address"
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, held: ContractModel | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules, self.held = Rules(), held
        if held is not None:
            self.initial["seen"] = fingerprint(held)
        # No `maxlength`: a browser would cut a pasted text without a word, and the form says what is too long.
        if "country" in self.fields:
            self.fields["country"].choices = countries(self.initial.get("country", ""))
            self.initial.setdefault("country", "PL")

    def _told_as(self, name: str) -> str:
        is_line = name in ("street", "postal_code", "city", "country")
        return ".".join(filter(None, [self.where, "address" if is_line and self.where == "place" else "", name]))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        country = data.get("country") or "PL"
        for name, mend in (("postal_code", postal_code), ("phone", phone)):
            if data.get(name) and data[name] != self.initial.get(name):
                self._try(name, lambda mend=mend, name=name: mend(data[name], country))
        for name in list(self.cleaned_data):
            if name != "seen" and isinstance(self.cleaned_data[name], str):
                self._try(name, lambda name=name: self.rules.check(self._told_as(name), self.cleaned_data[name]))
        if self.held is not None and data.get("seen") and data["seen"] != fingerprint(self.held):
            self.add_error(
                None, _("Somebody changed this meanwhile: reload the page to see it, or save again to put yours.")
            )
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = fingerprint(self.held)
        return self.cleaned_data

    def _try(self, name: str, mend: Any) -> None:
        try:
            self.cleaned_data[name] = mend()
        except ValidationError as error:
            self.add_error(name, error)

    def address(self) -> Address:
        lines = ("street", "postal_code", "city", "country")
        return Address(**{line: self.cleaned_data[line] for line in lines})


class CardAddressForm(AddressLines):
    """The company's address or its correspondence address."""

    street = forms.CharField(label=gettext_lazy("Street and number"))
    postal_code = forms.CharField(label=gettext_lazy("Postal code"))
    city = forms.CharField(label=gettext_lazy("City"))
    country = forms.ChoiceField(label=gettext_lazy("Country"))

    def __init__(self, part: CardPart, held: CardValue, data: Any = None) -> None:
        self.where = part.value
        super().__init__(data, held=held, initial=held.address.model_dump(), prefix=part.value)
        if part is CardPart.CORRESPONDENCE:
            for name in ("street", "postal_code", "city"):
                self.fields[name].required = False

    def value(self) -> CardValue:
        return CardValue(address=self.address())


class CardPhoneForm(AddressLines):
    """The company's phone."""

    where = ""
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, widget=forms.TextInput(attrs={"type": "tel"}))

    def __init__(self, part: CardPart, held: CardValue, data: Any = None) -> None:
        super().__init__(data, held=held, initial={"phone": held.phone}, prefix=part.value)

    def value(self) -> CardValue:
        return CardValue(phone=self.cleaned_data["phone"])


CARD_FORMS: dict[CardPart, type[CardAddressForm | CardPhoneForm]] = {
    CardPart.ADDRESS: CardAddressForm,
    CardPart.CORRESPONDENCE: CardAddressForm,
    CardPart.PHONE: CardPhoneForm,
}


class PlaceForm(AddressLines):
    """A delivery place; a member ties it to his own branches, only a manager may leave it to all."""

    where = "place"
    name = forms.CharField(label=gettext_lazy("Name of the place"))
    recipient = forms.CharField(label=gettext_lazy("Recipient"), required=False)
    street = forms.CharField(label=gettext_lazy("Street and number"))
    postal_code = forms.CharField(label=gettext_lazy("Postal code"))
    city = forms.CharField(label=gettext_lazy("City"))
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    note = forms.CharField(
        label=gettext_lazy("Note for the driver"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    branches = forms.ModelMultipleChoiceField(
        Branch.objects.none(), label=gettext_lazy("Branches"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, member: Member, place: DeliveryPlace | None, held: PlaceCard | None, data: Any = None) -> None:
        initial: dict[str, Any] = {}
        if held is not None and place is not None:
            initial = held.model_dump(exclude={"address"}) | held.address.model_dump()
            initial["branches"] = [branch.pk for branch in place.branches.all()]
        super().__init__(data, held=held, initial=initial)
        self.is_manager = member.role == Role.MANAGER
        self.fields["branches"].queryset = ordering_branches_of(member)
        self.fields["branches"].help_text = _("None ticked: the place serves every branch.") if self.is_manager else ""
        if place is None and not self.is_manager:
            self.initial["branches"] = [branch.pk for branch in ordering_branches_of(member)]

    def clean_branches(self) -> Iterable[Branch]:
        chosen = self.cleaned_data["branches"]
        if not chosen and not self.is_manager:
            raise ValidationError(_("Choose at least one of your branches."))
        return chosen

    def value(self) -> PlaceCard:
        texts = {name: self.cleaned_data[name] for name in ("name", "recipient", "phone", "note")}
        return PlaceCard(**texts, address=self.address())
