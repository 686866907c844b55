"""What staff configures before buyers see a product."""

from __future__ import annotations

from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from wiadukt.shop.intake.attachments import KINDS, MOST_BYTES
from wiadukt.shop.intake.categories import targets
from wiadukt.shop.intake.content import Content, target_of
from wiadukt.shop.intake.parameters import field_of, parsed, text_of
from wiadukt.shop.quantities import QuantityField
from wiadukt.shop.stock.portions import Portions

PARAMETER = "attr_"


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of files, perhaps an empty one."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        one = super().clean
        return [one(file, initial) for file in data] if isinstance(data, (list, tuple)) else []


class ProductForm(forms.Form):
    """Class, category, description and the parameters that the class asks for; photos and attachments are added."""

    product_class = forms.ModelChoiceField(None, label=_("Product type"), empty_label=None)
    category = forms.ModelChoiceField(None, label=_("Target category"), required=False)
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("HTML may be used: paragraphs, lists, tables, bold. Scripts and styles are taken out."),
    )
    step = QuantityField(
        label=_("Sold by"),
        required=False,
        help_text=_(
            "10 for packs of ten, say. Empty: as its type says, else whole units or fractions as WAPRO has it."
        ),
    )
    least = QuantityField(label=_("At least"), required=False)
    photo = ManyFilesField(label=_("Photos"), required=False, widget=ManyFilesInput(attrs={"accept": "image/*"}))
    attachment = ManyFilesField(label=_("Attachments: data sheets, drawings, certificates"), required=False)

    def __init__(self, *args: Any, product: Any, **kwargs: Any) -> None:
        self.product = product
        initial = {
            "product_class": product.product_class_id,
            "category": target_of(product),
            "description": product.description,
            "step": product.quantity_step,
            "least": product.least_quantity,
        }
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.fields["product_class"].queryset = get_model("catalogue", "ProductClass").objects.order_by("name")
        if initial["category"] is not None:
            self.fields["category"].empty_label = None  # it can be another one, not none
        self.fields["category"].queryset = targets()
        self.fields["category"].label_from_instance = lambda category: category.full_name
        have = {one.attribute_id: one.value for one in product.attribute_values.select_related("attribute")}
        self.attributes = list(product.get_product_class().attributes.order_by("name"))
        for attribute in self.attributes:
            name = PARAMETER + attribute.code
            self.fields[name] = field_of(attribute)
            self.fields[name].initial = text_of(attribute, have.get(attribute.pk))
            if attribute.required:
                self.fields[name].help_text = _("required to publish")

    def clean_attachment(self) -> list[Any]:
        for file in self.cleaned_data["attachment"]:
            if PurePath(file.name).suffix.lower() not in KINDS:
                raise forms.ValidationError(_("Attachments may be: %(kinds)s.") % {"kinds": ", ".join(KINDS)})
            if file.size > MOST_BYTES:
                raise forms.ValidationError(_("%(name)s is larger than 20 MB.") % {"name": file.name})
        return list(self.cleaned_data["attachment"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        asked = {name: data.get(name) for name in ("step", "least")}
        for name, fault in Portions.faults(**asked, is_divisible=self.product.is_divisible).items():
            self.add_error(name, fault)
        data["parameters"] = {}
        for attribute in self.attributes:
            name = PARAMETER + attribute.code
            if name not in self.data or name not in data:
                continue  # the page did not ask for it, or its text is wrong
            try:
                data["parameters"][attribute.code] = parsed(attribute, data[name])
            except forms.ValidationError as error:
                self.add_error(name, error)
        return data

    @property
    def content(self) -> Content:
        data = self.cleaned_data
        portions = {name: data[name] or Decimal(0) for name in ("step", "least") if name in self.data}
        return Content(data["product_class"], data["category"], data["description"], data["parameters"], **portions)


class PhotosForm(forms.Form):
    """Many photos, or ZIPs of photos."""

    photos = ManyFilesField(label=_("Photos or ZIP files"), widget=ManyFilesInput(attrs={"accept": "image/*,.zip"}))


class SheetForm(forms.Form):
    """A filled sheet."""

    sheet = forms.FileField(label=_("Filled sheet, XLSX"), widget=forms.FileInput(attrs={"accept": ".xlsx"}))
