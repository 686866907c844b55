"""What a buyer fills in at the checkout."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.addresses.access import orderable
from wiadukt.shop.ordering import trade_forms
from wiadukt.shop.ordering.models import FormKind, TradeForm
from wiadukt.shop.ordering.place import Wishes
from wiadukt.shop.organisations.access import ordering_branches_of
from wiadukt.shop.organisations.models import Branch, DeliveryPlace, Member
from wiadukt.shop.quantities import QuantityField


class QuantityForm(forms.Form):
    """How much of one product."""

    quantity = QuantityField(label=_("Quantity"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class CheckoutForm(forms.Form):
    """Where to, when, and what else; only the member's own branches and places can be chosen."""

    place = forms.ModelChoiceField(DeliveryPlace.objects.none(), label=_("Delivery place"), widget=forms.RadioSelect)
    branch = forms.ModelChoiceField(Branch.objects.none(), label=_("Branch"), empty_label=None)
    wanted_on = forms.DateField(
        label=_("Wanted on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    customer_number = forms.CharField(label=_("Your order number"), max_length=60, required=False)
    remarks = forms.CharField(
        label=_("Remarks"), max_length=800, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    payment = forms.ModelChoiceField(TradeForm.objects.none(), label=_("Payment form"), required=False)
    delivery = forms.ModelChoiceField(TradeForm.objects.none(), label=_("Delivery form"), required=False)

    seen_total = forms.DecimalField(required=False, widget=forms.HiddenInput())
    basket = forms.IntegerField(required=False, widget=forms.HiddenInput())
    seen_shortages = forms.CharField(required=False, widget=forms.HiddenInput())
    seen_terms = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = orderable(member)
        branches = ordering_branches_of(member)
        self.fields["branch"].queryset = branches
        self.initial["branch"] = self.initial.get("branch") or branches.first()
        self.fields["branch"].widget.attrs |= {
            "hx-get": reverse("places:pick"),
            "hx-include": "[name=q]",
            "hx-target": "#picker",
        }
        self._offer("payment", FormKind.PAYMENT, member, _agreed(member))
        self._offer("delivery", FormKind.DELIVERY, member, _("as usual"))
        self.fields["wanted_on"].widget.attrs["min"] = timezone.localdate().isoformat()

    def _offer(self, name: str, kind: FormKind, member: Member, usual: str) -> None:
        """Where nothing is offered, nothing is asked."""
        offered = trade_forms.offered(kind, member.organisation)
        if not offered:
            del self.fields[name]
            return
        field = self.fields[name]
        field.queryset = TradeForm.objects.filter(pk__in=[form.pk for form in offered])
        field.empty_label = usual

    def clean_wanted_on(self) -> Any:
        wanted = self.cleaned_data["wanted_on"]
        if wanted is not None and wanted < timezone.localdate():
            raise forms.ValidationError(_("This day has passed: choose today or a later one."))
        return wanted

    def wishes(self) -> Wishes:
        data = self.cleaned_data
        return Wishes(
            branch=data["branch"],
            place=data["place"],
            wanted_on=data["wanted_on"],
            customer_number=data["customer_number"],
            remarks=data["remarks"],
            seen_total=data["seen_total"],
            basket_id=data["basket"],
            payment=data.get("payment"),
            delivery=data.get("delivery"),
            seen_shortages=data["seen_shortages"] if "seen_shortages" in self.data else None,
            seen_terms=data["seen_terms"] if "seen_terms" in self.data else None,
        )


def said_before(order: Any) -> dict[str, Any]:
    """What its buyer said of an order, for whoever changes it."""
    return {
        "place": order.delivery_place_id,
        "branch": order.branch,
        "wanted_on": order.wanted_on,
        "customer_number": order.customer_number,
        "remarks": order.remarks,
        "payment": order.payment_choice_id,
        "delivery": order.delivery_choice_id,
    }


def _agreed(member: Member) -> str:
    """The terms on the buyer's card, in words."""
    company = member.organisation
    agreed = _("as agreed: %(form)s, %(days)s days")
    return str(agreed) % {"form": company.payment_form or "–", "days": company.payment_days}
