"""Where staff says what is made to size: a list of product classes, and one class with a preview of its price."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model

from wiadukt.contract.money import as_exact_as, gross_of
from wiadukt.shop.accounts.staff import goods_only
from wiadukt.shop.history.models import Change
from wiadukt.shop.sizes import store
from wiadukt.shop.sizes.chosen import in_words, kept, size_of
from wiadukt.shop.sizes.forms import SizesForm
from wiadukt.shop.sizes.models import SizeRule
from wiadukt.shop.sizes.price import UnitPrice, price_of_size
from wiadukt.shop.sizes.rule import Rule
from wiadukt.shop.sizes.staff_forms import Settings
from wiadukt.shop.sizes.words import lines_of

VAT = Decimal(23)
"""Of the preview, which is of no product."""


class PreviewForm(forms.Form):
    """A price as WAPRO might have it."""

    net = forms.DecimalField(
        label=gettext_lazy("WAPRO's net price"),
        min_value=Decimal("0.01"),
        max_digits=10,
        decimal_places=4,
        localize=True,
    )


@goods_only
def listed(request: HttpRequest) -> HttpResponse:
    """Every class whose goods production makes."""
    classes = get_model("catalogue", "ProductClass").objects.filter(made_to_order=True)
    rows = classes.select_related("size_rule").annotate(n=Count("products")).order_by("name")
    return render(request, "sizes/classes.html", {"classes": rows})


@goods_only
def product_class(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule of one class; with a price and sizes in the address, also what these would cost."""
    found = get_object_or_404(get_model("catalogue", "ProductClass"), pk=pk, made_to_order=True)
    kept = SizeRule.objects.filter(product_class=found).first()
    rule = kept.as_rule() if kept else None
    settings = Settings(rule, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if "drop" in request.POST:
            store.drop_rule(found, request.user.email)
            messages.success(request, _("%(name)s is no longer made to size.") % {"name": found.name})
            return redirect("sizes:list")
        if settings.is_valid() and settings.rule is not None:
            store.save_rule(found, settings.rule, request.user.email)
            messages.success(request, _("Saved. Baskets are counted by it from now on."))
            return redirect("sizes:class", pk=pk)
    context = {"product_class": found, "settings": settings, "is_sized": rule is not None}
    context["changes"] = Change.objects.filter(kind=store.KIND, object_id=found.pk)[:30]
    if rule is not None:
        context |= _preview(request, rule, found)
    return render(request, "sizes/class.html", context)


def _preview(request: HttpRequest, rule: Rule, found: Any) -> dict[str, Any]:
    is_asked = "net" in request.GET
    asked = PreviewForm(request.GET if is_asked else None, initial={"net": _example_net(found)})
    sizes = SizesForm(rule, request.GET if is_asked else None)
    context = {"asked": asked, "sizes": sizes}
    if is_asked and asked.is_valid() & sizes.is_valid():
        net = asked.cleaned_data["net"]
        price = price_of_size(rule, sizes.judged.values, UnitPrice(net, gross_of(net, VAT), VAT))
        context |= {"price": price, "parts": lines_of(rule, price), "currency": "PLN"}
        context["size"] = size_of(sizes.judged.chosen) or in_words(kept(sizes.judged.chosen))
    return context


def _example_net(found: Any) -> Decimal:
    """Some price of the class's goods, so that the preview begins with a likely one."""
    price = get_model("partner", "LevelPrice").objects.filter(product__product_class=found, net__gt=0)
    net = price.order_by("product_id", "level").values_list("net", flat=True).first() or Decimal(100)
    return as_exact_as(net, net)
