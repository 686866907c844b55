"""What a manager fills in about people and branches; only what belongs to his organisation can be chosen."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.organisations.membership import CannotManage, Card, Person, Seat
from wiadukt.shop.organisations.models import Branch, DeliveryPlace, Member, Organisation, Role

ROLES = [
    (Role.BUYER, _("orders for his branches and sees their documents")),
    (Role.APPROVER, _("the same, and decides about orders over the limit in his branches")),
    (Role.MANAGER, _("sees the whole company, runs people and branches, decides about every order")),
]


class Refusable(forms.Form):
    """A form that shows the refusal of the deed where it belongs."""

    def refuse(self, refusal: CannotManage) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class AmountField(forms.DecimalField):
    """Zlotys with a comma or a dot in every language: nobody's 2000,50 is taken for 200050."""

    def to_python(self, value: Any) -> Decimal | None:
        text = re.sub(r"\s", "", str(value or ""))
        if text and not re.fullmatch(r"\d+([.,]\d{1,2})?", text):
            raise forms.ValidationError(_("Write an amount such as 2000,50."))
        return super().to_python(text.replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        return str(value).replace(".", get_format("DECIMAL_SEPARATOR")) if isinstance(value, Decimal) else value


class SeatForm(Refusable):
    """What a member may do, where, and up to which value."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect)
    branches = forms.ModelMultipleChoiceField(
        Branch.objects.none(), label=_("Branches"), widget=forms.CheckboxSelectMultiple
    )
    order_limit = AmountField(
        label=_("Order limit, net PLN"),
        required=False,
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("An order of a higher net value waits for approval; 0 means that every one does. Empty: no limit."),
    )

    def __init__(self, *args: Any, organisation: Organisation, member: Member | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branches = organisation.branches.filter(is_active=True)
        if member is not None:  # he stays in a retired one, and sees its documents, until he is taken out of it
            branches = (branches | member.branches.all()).distinct()
            self.initial = {
                "role": member.role,
                "branches": member.branches.all(),
                "order_limit": member.order_limit,
                **self.initial,
            }
        self.fields["branches"].queryset = branches
        self.initial.setdefault("role", Role.BUYER)

    @property
    def roles(self) -> list[tuple[str, str, str, bool]]:
        """Value, name, what it means, whether it is chosen."""
        chosen = self["role"].value()
        return [(role.value, role.label, meaning, chosen == role.value) for role, meaning in ROLES]

    def seat(self) -> Seat:
        data = self.cleaned_data
        return Seat(data["role"], tuple(data["branches"]), data["order_limit"])


class CardForm(Refusable):
    """What a person says of himself."""

    first_name = forms.CharField(label=_("First name"), max_length=60)
    last_name = forms.CharField(label=_("Last name"), max_length=60)
    position = forms.CharField(label=_("Position"), max_length=60, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=60, required=False)

    def card(self) -> Card:
        return Card(**{name: self.cleaned_data[name] for name in Card.__dataclass_fields__})


class InviteForm(CardForm, SeatForm):
    """A person and his seat; also one whom WAPRO does not know."""

    field_order = ["first_name", "last_name", "email", "position", "phone", "role", "branches", "order_limit"]
    email = forms.EmailField(label=_("E-mail, the future login"))

    def person(self) -> Person:
        return Person(**{name: self.cleaned_data[name] for name in Person.__dataclass_fields__})


class BranchForm(Refusable):
    """A branch's name."""

    name = forms.CharField(label=_("Name"), max_length=100)


class BranchRulesForm(BranchForm):
    """Its name and whether its orders over the limit wait."""

    approval = forms.TypedChoiceField(
        label=_("Orders over a person's limit"),
        choices=[("", _("as in the whole company")), ("on", _("wait for approval")), ("off", _("go at once"))],
        coerce=lambda word: word == "on",
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, branch: Branch, **kwargs: Any) -> None:
        approval = "" if branch.approval is None else "on" if branch.approval else "off"
        super().__init__(*args, initial={"name": branch.name, "approval": approval}, **kwargs)


class TiesForm(forms.Form):
    """Delivery places that serve one branch."""

    places = forms.ModelMultipleChoiceField(DeliveryPlace.objects.none(), required=False)

    def __init__(self, *args: Any, branch: Branch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].queryset = branch.organisation.delivery_places.filter(is_active=True)


class RetireForm(Refusable):
    """Who takes over."""

    heir = forms.ModelChoiceField(Branch.objects.none(), label=_("People and delivery places go to"), empty_label=None)

    def __init__(self, *args: Any, branch: Branch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = branch.organisation.branches.filter(is_active=True)
        self.fields["heir"].queryset = others.exclude(pk=branch.pk)
