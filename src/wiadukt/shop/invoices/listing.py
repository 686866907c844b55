"""The list of invoices: what a reader may narrow it by, and his part of each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import DecimalField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.invoices.models import KIND_CHOICES, InvoiceQuerySet, ShareQuerySet
from wiadukt.shop.invoices.money import AGE_SPANS
from wiadukt.shop.organisations.models import Branch

VIEWS = ("all", "overdue", "soon", "open", "paid", "credit")
# And one for each age of what is overdue: days, from and to.
LATE = {f"late-{first}": (first, last) for first, last in AGE_SPANS}
MONEY: DecimalField = DecimalField(max_digits=16, decimal_places=2)


class Filter(forms.Form):
    """What was asked for; a field that can't be read says so and narrows nothing."""

    q = forms.CharField(label=_("Number"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *KIND_CHOICES])
    branch = forms.ModelChoiceField(label=_("Branch"), required=False, queryset=Branch.objects.none())
    first = forms.DateField(
        label=_("Issued from"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("Issued to"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, asked: QueryDict, branches: QuerySet[Branch]) -> None:
        super().__init__(asked)
        self.fields["branch"].queryset = branches
        self.fields["branch"].empty_label = _("all")
        self.is_valid()

    def narrowed(self, invoices: InvoiceQuerySet, parts: ShareQuerySet) -> tuple[InvoiceQuerySet, ShareQuerySet]:
        """The invoices, and the reader's parts, that match."""
        said = self.cleaned_data
        if said.get("q"):
            invoices = invoices.filter(Q(number__icontains=said["q"]) | Q(organisation__name__icontains=said["q"]))
        if said.get("kind"):
            invoices = invoices.filter(kind=said["kind"])
        if said.get("first"):
            invoices = invoices.filter(issued_on__gte=said["first"])
        if said.get("last"):
            invoices = invoices.filter(issued_on__lte=said["last"])
        if said.get("branch"):
            branch, of = Branch.objects.filter(pk=said["branch"].pk), said["branch"].organisation
            invoices, parts = invoices.of_branches(branch, of), parts.of_branches(branch, of)
        return invoices, parts

    @property
    def is_asked(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)


def viewed(found: InvoiceQuerySet, chosen: str) -> tuple[InvoiceQuerySet, str]:
    """Those of the invoices that this view of the list shows, and its name; `all` for one that is none."""
    if chosen in LATE:
        return found.late(*LATE[chosen]), chosen
    chosen = chosen if chosen in VIEWS else "all"
    narrow = {
        "overdue": found.overdue,
        "soon": found.soon,
        "open": found.open,
        "paid": lambda: found.filter(remaining=0),
        "credit": lambda: found.filter(remaining__lt=0),
    }
    return (narrow[chosen]() if chosen in narrow else found), chosen


def with_own_part(invoices: InvoiceQuerySet, parts: ShareQuerySet) -> Any:
    """Each with `own_gross` and `own_remaining`: what of it is in these parts."""
    mine = parts.filter(invoice=OuterRef("pk")).order_by().values("invoice")

    def summed(field: str) -> Coalesce:
        return Coalesce(Subquery(mine.annotate(sum=Sum(field)).values("sum")), Value(0), output_field=MONEY)

    return invoices.annotate(own_gross=summed("gross"), own_remaining=summed("remaining"))
