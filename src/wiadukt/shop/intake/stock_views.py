"""What becomes of an order for more than there is: said once for all goods, and for product types that differ."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model

from wiadukt.shop.accounts.staff import goods_only
from wiadukt.shop.stock.models import OverStock, StockRule

AS_ALL = "as_all"


class RuleForm(forms.Form):
    """For one product type, or without one for all goods, which have no `as all the others`."""

    action = forms.ChoiceField(label=gettext_lazy("An order for more than there is"))

    def __init__(self, *args: Any, product_class: Any, rule: StockRule | None, **kwargs: Any) -> None:
        key = product_class.pk if product_class else "all"
        usual = AS_ALL if product_class else OverStock.FORBID.value
        super().__init__(*args, prefix=f"rule-{key}", initial={"action": rule.action if rule else usual}, **kwargs)
        self.product_class, self.rule = product_class, rule
        others = [(AS_ALL, _("as all the others"))] if product_class else []
        self.fields["action"].choices = [*others, *OverStock.choices]

    def save(self, author: str) -> None:
        action = self.cleaned_data["action"]
        if action == AS_ALL:
            StockRule.objects.filter(product_class=self.product_class).delete()
            return
        said = {"action": action, "author": author, "set_at": timezone.now()}
        StockRule.objects.update_or_create(product_class=self.product_class, defaults=said)


@goods_only
def rules(request: HttpRequest) -> HttpResponse:
    known = {rule.product_class_id: rule for rule in StockRule.objects.all()}
    kinds = get_model("catalogue", "ProductClass").objects.filter(made_to_order=False).order_by("name")
    forms_ = [
        RuleForm(request.POST or None, product_class=kind, rule=known.get(kind.pk if kind else None))
        for kind in (None, *kinds)
    ]
    if request.method == "POST" and all(form.is_valid() for form in forms_):
        for form in forms_:
            if form.has_changed():
                form.save(request.user.email)
        messages.success(request, _("Saved. It holds from now on, also for baskets that are being filled."))
        return redirect("intake:stock")
    return render(request, "intake/stock.html", {"forms": forms_})
