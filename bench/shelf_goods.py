"""The same goods for our shop and a plain Oscar: made through Oscar's models, whichever of the two is configured."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

NOUNS = ("Zawias", "Prowadnica", "Uchwyt", "Noga", "Listwa", "Front", "Obrzeże", "Podnośnik")
KINDS = ("Clip", "Tandem", "Relingowy", "Regulowana", "Cokołowa", "Foliowany", "ABS", "Gazowy")
COLOURS = ("biały", "czarny", "dąb", "inox", "grafit", "buk")
CATEGORIES = 20
PORTION = 5000


def title(n: int) -> str:
    return f"{NOUNS[n % 8]} {KINDS[n // 8 % 8]} {COLOURS[n % 6]} {n}"


def upc(n: int) -> str:
    return f"{NOUNS[n % 8][:3].upper()}-{n:06}"


def fill(count: int, picture: str, **fields: Any) -> None:
    """Each product with stock, a category, two parameters and a picture; `fields`: what else it says."""
    from oscar.core.loading import get_model

    def model(app: str, name: str) -> Any:
        return get_model(app, name)

    tree = model("catalogue", "Category")
    categories = [tree.add_root(name=f"Kategoria {n}", slug=f"kategoria-{n}") for n in range(CATEGORIES)]
    kind = model("catalogue", "ProductClass").objects.create(name="Okucia", slug="okucia", track_stock=True)
    colour = kind.attributes.create(name="Kolor", code="kolor", type="text")
    width = kind.attributes.create(name="Szerokość", code="szerokosc", type="integer")
    partner = model("partner", "Partner").objects.create(name="WAPRO", code="wapro-bench")
    Product, Stock = model("catalogue", "Product"), model("partner", "StockRecord")
    has_available = any(field.name == "available" for field in Stock._meta.get_fields())
    for first in range(0, count, PORTION):
        numbers = range(first, min(first + PORTION, count))
        goods = Product.objects.bulk_create(
            Product(upc=upc(n), title=title(n), slug=f"towar-{n}", product_class=kind, structure="standalone",
                    description=f"<p>{title(n)} do mebli kuchennych.</p>", **fields)
            for n in numbers
        )  # fmt: skip
        stock = {"available": Decimal(100)} if has_available else {}
        Stock.objects.bulk_create(
            Stock(product=one, partner=partner, partner_sku=one.upc, price=Decimal("10.00"), price_currency="PLN",
                  num_in_stock=100, num_allocated=0, **stock)
            for one in goods
        )  # fmt: skip
        model("catalogue", "ProductCategory").objects.bulk_create(
            model("catalogue", "ProductCategory")(product=one, category=categories[n % CATEGORIES])
            for n, one in zip(numbers, goods, strict=True)
        )
        model("catalogue", "ProductImage").objects.bulk_create(
            model("catalogue", "ProductImage")(product=one, original=picture, display_order=0) for one in goods
        )
        Value = model("catalogue", "ProductAttributeValue")
        Value.objects.bulk_create(
            value
            for n, one in zip(numbers, goods, strict=True)
            for value in (
                Value(product=one, attribute=colour, value_text=COLOURS[n % 6]),
                Value(product=one, attribute=width, value_integer=100 + n % 12 * 50),
            )
        )


def put_picture(media: Any) -> str:
    """One picture for all: what is measured is the page and not the making of thumbnails."""
    from PIL import Image

    name = "images/products/towar.png"
    (media / "images" / "products").mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (800, 600), "#806040").save(media / name)
    return name
