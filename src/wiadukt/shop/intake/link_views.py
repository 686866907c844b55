"""Substitutes and linked goods of a product, by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from oscar.core.loading import get_model

from wiadukt.shop.accounts.staff import goods_only
from wiadukt.shop.intake.links import link, unlink


class LinkForm(forms.Form):
    """Another product by its index, and in what way it belongs to this one."""

    index = forms.CharField(label=gettext_lazy("Index"), max_length=64)
    kind = forms.ChoiceField(label=gettext_lazy("What it is"))
    both_ways = forms.BooleanField(label=gettext_lazy("also the other way round"), required=False, initial=True)

    def __init__(self, *args: Any, product: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.product = product
        self.fields["kind"].choices = get_model("catalogue", "ProductRecommendation")._meta.get_field("kind").choices

    def clean_index(self) -> str:
        index = self.cleaned_data["index"].strip()
        found = get_model("catalogue", "Product").objects.filter(upc__iexact=index).first()
        if found is None or found.pk == self.product.pk:
            text = _("Index: there is no other product with the index “%(index)s”.")
            raise forms.ValidationError(text % {"index": index})
        self.cleaned_data["other"] = found
        return index


@goods_only
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Links another product, or with `unlink` ends a link."""
    product = get_object_or_404(get_model("catalogue", "Product"), pk=pk)
    asked = request.POST.get("unlink", "")
    if asked:
        unlink(product, int(asked) if asked.isdecimal() else 0, request.user.email)
        return redirect("intake:product", pk=pk)
    form = LinkForm(request.POST, product=product)
    if form.is_valid():
        said = form.cleaned_data
        link(product, said["other"], said["kind"], request.user.email, both_ways=said["both_ways"])
        messages.success(request, _("%(index)s is linked.") % {"index": said["other"].upc})
    else:
        for errors in form.errors.values():
            messages.error(request, errors[0])
    return redirect("intake:product", pk=pk)
