"""What supervisors and administrators fill in about the seller's people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.rights import GOODS
from wiadukt.shop.organisations.models import Organisation
from wiadukt.shop.sellers.assign import Who
from wiadukt.shop.sellers.models import WITHOUT_BUYERS, Seller, SellerBranch, SellerRole
from wiadukt.shop.sellers.people import employees, profile_of


class PersonForm(forms.Form):
    """A person's name, role, branch, employee of WAPRO and right to goods; the address only of a new one."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=150, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Buyers"), choices=SellerRole.choices)
    branch = forms.ModelChoiceField(
        label=gettext_lazy("Branch"),
        queryset=SellerBranch.objects.all(),
        required=False,
        empty_label=gettext_lazy("none"),
    )
    erp_employee_id = forms.ChoiceField(label=gettext_lazy("Employee in WAPRO"), required=False)
    goods = forms.BooleanField(label=gettext_lazy("Looks after goods"), required=False)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        profile = profile_of(user)
        initial = {"first_name": user.first_name, "last_name": user.last_name, "role": profile.role}
        initial |= {"branch": profile.branch_id, "erp_employee_id": profile.erp_employee_id}
        if user.pk:
            initial["goods"] = user.groups.filter(name=GOODS).exists()
        else:
            initial["role"] = SellerRole.SALESPERSON
        super().__init__(*args, initial=initial, **kwargs)
        self.user, self.profile = user, profile
        known = [(one.id, f"{one.name} ({one.id})") for one in employees()]
        if profile.erp_employee_id and profile.erp_employee_id not in dict(known):
            known.append((profile.erp_employee_id, profile.erp_employee_id))
        self.fields["erp_employee_id"].choices = [("", _("none")), *known]
        if user.pk:
            del self.fields["email"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("This address has a login already: a buyer's, or the seller's."))
        return email

    def clean_erp_employee_id(self) -> str:
        wanted: str = self.cleaned_data["erp_employee_id"]
        holder = Seller.objects.filter(erp_employee_id=wanted).exclude(user=self.user if self.user.pk else None).first()
        if wanted and holder is not None:
            raise forms.ValidationError(_("%(who)s is this employee already.") % {"who": holder})
        return wanted

    def fill(self) -> tuple[User, Seller]:
        """The login and the profile as the form says; unsaved."""
        asked = self.cleaned_data
        self.user.first_name, self.user.last_name = asked["first_name"], asked["last_name"]
        if "email" in asked:
            self.user.email = asked["email"]
            self.user.set_unusable_password()
        profile = self.profile
        profile.role, profile.branch, profile.erp_employee_id = asked["role"], asked["branch"], asked["erp_employee_id"]
        return self.user, profile


class BranchForm(forms.ModelForm):
    """A branch of the seller's."""

    class Meta:
        model = SellerBranch
        fields = ("name",)


def who_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """People who may look after buyers, and branches, in two groups of one list."""
    people = Seller.objects.filter(user__is_active=True).exclude(role__in=WITHOUT_BUYERS).select_related("user")
    teams = SellerBranch.objects.all()
    return [
        (_("People"), [(f"p{one.pk}", str(one)) for one in people]),
        (_("Branches"), [(f"t{one.pk}", str(one)) for one in teams]),
    ]


class AssignForm(forms.Form):
    """Who looks after a buyer, or after one of his branches; or after several buyers at once."""

    who = forms.ChoiceField(label=gettext_lazy("Who"))
    part = forms.ModelChoiceField(
        label=gettext_lazy("Of the buyer"), queryset=None, required=False, empty_label=gettext_lazy("the whole company")
    )
    leads = forms.BooleanField(label=gettext_lazy("instead of the salesman from WAPRO"), required=False)

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", "—"), *who_choices()]
        if organisation is None:
            del self.fields["part"]
        else:
            self.fields["part"].queryset = organisation.branches.all()

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean()
        if asked.get("leads") and (asked.get("part") or asked.get("who", "").startswith("t")):
            self.add_error("leads", _("Only a person can take the salesman's place, and only for the whole company."))
        return asked

    def chosen(self) -> Who:
        key: str = self.cleaned_data["who"]
        if key.startswith("p"):
            return Who(person=Seller.objects.get(pk=key[1:]))
        return Who(team=SellerBranch.objects.get(pk=key[1:]))


class HandOverForm(forms.Form):
    """Who takes over which of a person's buyers."""

    successor = forms.ModelChoiceField(
        label=gettext_lazy("Hand over to"), queryset=Seller.objects.none(), empty_label="—"
    )
    buyers = forms.ModelMultipleChoiceField(queryset=Organisation.objects.none())

    def __init__(self, leaver: Seller, theirs: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = Seller.objects.filter(user__is_active=True).exclude(role__in=WITHOUT_BUYERS).exclude(pk=leaver.pk)
        self.fields["successor"].queryset = able.select_related("user")
        self.fields["buyers"].queryset = theirs
