"""What staff configures before buyers see a product."""

from __future__ import annotations

from typing import Any

import nh3
from django import forms
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from wiadukt.shop.intake.arrivals import INTAKE_SLUG


class ProductForm(forms.Form):
    """Class, category, description, photo and the parameters that the class asks for."""

    product_class = forms.ModelChoiceField(None, label=_("Product type"), empty_label=None)
    category = forms.ModelChoiceField(None, label=_("Target category"), required=False)
    description = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    photo = forms.ImageField(label=_("Photo"), required=False)

    def __init__(self, *args: Any, product: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.product = product
        Category = get_model("catalogue", "Category")
        self.fields["product_class"].queryset = get_model("catalogue", "ProductClass").objects.order_by("name")
        self.fields["category"].queryset = Category.objects.exclude(slug=INTAKE_SLUG).order_by("path")
        self.fields["category"].label_from_instance = lambda category: category.full_name
        for attribute in product.get_product_class().attributes.order_by("name"):
            value = getattr(product.attr, attribute.code, None)
            self.fields[f"attr_{attribute.code}"] = forms.CharField(
                label=attribute.name, required=False, initial="" if value is None else value, max_length=100
            )

    @property
    def parameter_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("attr_")]

    def clean_description(self) -> str:
        """Rich text keeps only harmless marks."""
        return str(nh3.clean(self.cleaned_data["description"]))

    def save(self) -> None:
        """Writes everything onto the product; the caller holds the transaction."""
        data = self.cleaned_data
        product = self.product
        product.product_class, product.description = data["product_class"], data["description"]
        product.save()
        if data["category"]:
            product.categories.set([data["category"]])
        for attribute in product.get_product_class().attributes.all():
            text = data.get(f"attr_{attribute.code}", "")
            if text:
                attribute.save_value(product, attribute_value(attribute, text))
        if data["photo"]:
            get_model("catalogue", "ProductImage").objects.create(
                product=product, original=data["photo"], display_order=product.images.count(), caption=product.title
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for attribute in self.product.get_product_class().attributes.all():
            name = f"attr_{attribute.code}"
            if data.get(name):
                try:
                    attribute_value(attribute, data[name])
                except ValueError:
                    self.add_error(name, _("Write a number, for example 716 or 18.5."))
        return data


def attribute_value(attribute: Any, text: str) -> Any:
    """The text in the attribute's own type. Raises ValueError when it is not of that type."""
    if attribute.type == attribute.INTEGER:
        return int(text)
    if attribute.type == attribute.FLOAT:
        return float(text.replace(",", "."))
    return text
