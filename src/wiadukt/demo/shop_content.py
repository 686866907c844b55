"""What the shop's staff did before the demo begins: categories, descriptions, photos, most goods published."""

from __future__ import annotations

import fnmatch
import random
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from oscar.core.loading import get_model

from wiadukt.demo.accounts import LOGINS, PASSWORD
from wiadukt.demo.shop_about import write_about
from wiadukt.demo.shop_fronts import SAW_CUTS_TO_SIZE, describe, fixed_class, sized_class
from wiadukt.demo.shop_orders import place_orders
from wiadukt.demo.shop_people import set_passwords, settle_people
from wiadukt.demo.shop_pictures import picture
from wiadukt.demo.shop_sellers import make_sellers
from wiadukt.shop.accounts.models import User
from wiadukt.shop.intake.arrivals import intake_category
from wiadukt.shop.ordering.models import FormKind, TradeForm

LEFT_IN_INTAKE = 20
TRADE_FORMS = {
    FormKind.PAYMENT: [
        ("przelew", "Przelew", "Bank transfer"),
        ("przedpłata", "Przedpłata", "Prepayment"),
        ("pobranie", "Za pobraniem", "Cash on delivery"),
    ],
    FormKind.DELIVERY: [
        ("1", "Transport własny", "Our transport"),
        ("2", "Kurier", "Courier"),
        ("3", "Odbiór osobisty", "Pick-up"),
    ],
}
TINTS = {
    "biały": "#f2f0ea", "dąb": "#c89b62", "orzech": "#7b5233", "grafit": "#4a4e52", "kaszmir": "#cfc0ac", "czarny": "#26272a",
    "piaskowy": "#d9c7a3", "szary": "#a3a7a9", "butelkowa": "#24523f", "granat": "#26365c", "miętowy": "#a9d3c0", "jesion": "#dcc9a8",
}  # fmt: skip


def publish_demo() -> None:
    """Repeatable: what is there is left alone."""
    with transaction.atomic():
        _staff()
        write_about()
        settle_people()
        set_passwords()
        fixed, sized = fixed_class(), sized_class()
        categories = _categories()
        pictures: dict[tuple[str, str], str] = {}
        Product = get_model("catalogue", "Product")
        waiting = list(Product.objects.filter(published_at=None, in_shop=True).order_by("upc"))
        random.Random(7).shuffle(waiting)
        ready = waiting[LEFT_IN_INTAKE:]
        has_sized = Product.objects.filter(product_class=sized).exclude(published_at=None).exists()
        cut = [] if has_sized else sorted(fnmatch.filter((one.upc for one in ready), SAW_CUTS_TO_SIZE))[:1]
        for product in ready:
            _publish(product, sized if product.upc in cut else fixed, categories, pictures)
        _trade_forms()
        place_orders()
        make_sellers()


def _trade_forms() -> None:
    """What buyers may choose at the checkout, each for one of the forms of the stand-in's dictionaries."""
    for kind, forms in TRADE_FORMS.items():
        for position, (code, name, name_en) in enumerate(forms, 1):
            about = {"name_en": name_en, "erp_code": code, "position": position}
            TradeForm.objects.get_or_create(kind=kind, name=name, defaults=about)


def _staff() -> None:
    staff, _new = User.objects.get_or_create(email=LOGINS["staff"])
    staff.is_staff = staff.is_superuser = True
    staff.set_password(PASSWORD)
    staff.save()


def _categories() -> dict[str, Any]:
    """The shop's tree, made after WAPRO's paths."""
    Category = get_model("catalogue", "Category")
    Product = get_model("catalogue", "Product")
    intake_category()
    made: dict[str, Any] = {}
    for path in sorted(set(Product.objects.exclude(erp_category="").values_list("erp_category", flat=True))):
        parent, whole = None, ""
        for name in path.split(" / "):
            whole = f"{whole} / {name}".strip(" /")
            if whole not in made:
                siblings = parent.get_children() if parent else Category.get_root_nodes()
                found = siblings.filter(name=name).first()
                made[whole] = found or (parent.add_child(name=name) if parent else Category.add_root(name=name))
                made[whole] = Category.objects.get(pk=made[whole].pk)
            parent = made[whole]
    return made


def _publish(product: Any, fronts: Any, categories: dict[str, Any], pictures: dict[tuple[str, str], str]) -> None:
    is_front = product.title.startswith("Front")
    if is_front:
        product.product_class = fronts
    product.description = f"{product.title}. Produkt z naszej oferty: dostępność i ceny prosto z magazynu."
    product.published_at = timezone.now()
    product.follow_publication()
    product.save()
    product.categories.set([categories[product.erp_category]])
    if is_front:
        describe(product, fronts)
    tint = next((colour for word, colour in TINTS.items() if word in product.title), "#b8c0c4")
    shape = product.title.split()[0]
    if (shape, tint) not in pictures:
        pictures[shape, tint] = _stored_picture(shape, tint)
    get_model("catalogue", "ProductImage").objects.create(
        product=product, original=pictures[shape, tint], display_order=0
    )


def _stored_picture(shape: str, tint: str) -> str:
    """Draws one picture for goods of one shape and colour; returns its name in the media folder."""
    storage = get_model("catalogue", "ProductImage")._meta.get_field("original").storage
    name = f"images/demo/{abs(hash((shape, tint)))}.jpg"
    return str(storage.save(name, ContentFile(picture(shape, tint))))
