"""Goods on their way to the buyers: what staff adds, photos of a few points, and people who do it."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from factories import shop as make
from oscar.core.loading import get_model
from PIL import Image

from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.rights import goods_group
from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.intake.arrivals import intake_category
from wiadukt.shop.intake.photos import put_photo


def a_goods_person(email: str) -> User:
    person = make.a_user(email, is_staff=True)
    person.groups.add(goods_group())
    return person


def a_new_product(upc: str, **fields: Any) -> Product:
    """As WAPRO sent it: in the intake, without a photo, a description and a target category."""
    product = make.a_priced_product(upc, published_at=None, **fields)
    product.categories.set([intake_category()])
    return product


def a_complete_product(upc: str, **fields: Any) -> Product:
    """In the intake, with all that publishing asks for."""
    product = a_new_product(upc, **({"description": "<p>Zawias do szafek.</p>"} | fields))
    product.categories.add(make.a_category())
    put_photo(product, f"{upc}.png", a_picture(), "towary@sklep.example")
    return product


def a_picture(colour: str = "#806040", size: tuple[int, int] = (8, 6), kind: str = "PNG", **said: Any) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, kind, **said)
    return content.getvalue()


def a_file(name: str, content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, a_picture() if content is None else content)


def a_kind(name: str, **types: str) -> Any:
    """A product class whose parameters are all required, of these types by code."""
    kind = get_model("catalogue", "ProductClass").objects.create(name=name, slug=name.lower(), track_stock=True)
    for code, of_type in types.items():
        kind.attributes.create(name=code.capitalize(), code=code, type=of_type, required=True)
    return kind
