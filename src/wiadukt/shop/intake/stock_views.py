"""In what portions a product type is sold, and what becomes of an order for more than there is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model

from wiadukt.shop.accounts.staff import goods_only
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Origin
from wiadukt.shop.quantities import QuantityField
from wiadukt.shop.stock.models import OverStock, StockRule
from wiadukt.shop.stock.portions import Portions

AS_ALL = "as_all"
KIND = "product_class"
PORTIONS = {"step": "quantity_step", "least": "least_quantity"}


class RuleForm(forms.Form):
    """For one product type, or without one for all goods, which have no `as all the others` and no portions. Goods that
    are made to order have no stock."""

    action = forms.ChoiceField(label=gettext_lazy("An order for more than there is"))
    step = QuantityField(label=gettext_lazy("Sold by"), required=False)
    least = QuantityField(label=gettext_lazy("At least"), required=False)

    def __init__(self, *args: Any, product_class: Any, rule: StockRule | None, **kwargs: Any) -> None:
        key = product_class.pk if product_class else "all"
        initial = {"action": rule.action if rule else AS_ALL if product_class else OverStock.FORBID.value}
        initial |= {name: getattr(product_class, column, None) for name, column in PORTIONS.items()}
        super().__init__(*args, prefix=f"rule-{key}", initial=initial, **kwargs)
        self.product_class, self.rule = product_class, rule
        others = [(AS_ALL, _("as all the others"))] if product_class else []
        self.fields["action"].choices = [*others, *OverStock.choices]
        if product_class is None:
            del self.fields["step"], self.fields["least"]
        elif product_class.made_to_order:
            del self.fields["action"]

    @property
    def portions(self) -> list[Any]:
        return [self[name] for name in PORTIONS]

    def clean(self) -> dict[str, Any]:
        """Goods of a type may have whatever units: what one can't have gives way to it."""
        data = super().clean() or {}
        for name, fault in Portions.faults(data.get("step"), data.get("least"), is_divisible=True).items():
            self.add_error(name, fault)
        return data

    @transaction.atomic
    def save(self, author: str) -> None:
        if "action" in self.changed_data:
            self._save_action(author)
        kind = self.product_class
        changed = {column: self.cleaned_data[name] for name, column in PORTIONS.items() if name in self.changed_data}
        if kind is not None and changed:
            record.save(record.assign(KIND, kind, changed, origin=Origin.STAFF, author=author))
            kind.save(update_fields=list(changed))

    def _save_action(self, author: str) -> None:
        action = self.cleaned_data["action"]
        if action == AS_ALL:
            StockRule.objects.filter(product_class=self.product_class).delete()
            return
        said = {"action": action, "author": author, "set_at": timezone.now()}
        StockRule.objects.update_or_create(product_class=self.product_class, defaults=said)


@goods_only
def rules(request: HttpRequest) -> HttpResponse:
    known = {rule.product_class_id: rule for rule in StockRule.objects.all()}
    kinds = get_model("catalogue", "ProductClass").objects.order_by("name")
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
