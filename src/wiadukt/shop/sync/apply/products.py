"""An article of WAPRO -> a product. New ones land in the intake category, invisible to buyers. In bulk."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from oscar.core.loading import get_model
from oscar.core.utils import slugify

from wiadukt.contract.product import Product as Article
from wiadukt.contract.product import Promotion
from wiadukt.shop import bulk
from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.forks.partner.models import LevelPrice, StockRecord
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change
from wiadukt.shop.intake.arrivals import default_class, land
from wiadukt.shop.ordering.allocated import not_yet_in_wapro
from wiadukt.shop.ordering.locks import lock_stock
from wiadukt.shop.sync.apply.batch import Batch
from wiadukt.shop.sync.apply.group_prices import follow_group_prices

KIND = "product"
PARTNER = "WAPRO"
PRODUCT_FIELDS = ["title", "slug", "ean", "unit", "is_divisible", "vat_code", "erp_category", "erp_description"]
TERMS_FIELDS = [
    "vat_percent", "default_level", "price_category", "is_discountable", "individual_prices_off", "promotion_net",
    "promotion_gross", "promotion_percent", "promotion_first_day", "promotion_last_day",
]  # fmt: skip
FLAG_FIELDS = ["in_shop", "erp_blocked", "is_public"]
ERP_FIELDS = PRODUCT_FIELDS + TERMS_FIELDS + FLAG_FIELDS
PRICE_FIELDS = ["level_name", "net", "gross", "currency"]
STOCK_FIELDS = ["available", "num_in_stock", "num_allocated", "price", "price_currency"]


def apply_products(articles: list[Article], missing: list[str], batch: Batch) -> None:
    """Makes and changes products, stock and price levels. One that left the shop is hidden and keeps its content."""
    known = _known([article.id for article in articles] + missing)
    changes: list[Change] = []
    for index in missing:
        if index in known:
            changes += _follow(known[index], {"in_shop": False}, batch)
    new = [article for article in articles if article.id not in known and article.in_shop]
    made = _create(new, batch)
    for article in articles:
        if article.id in known:
            changes += _follow(known[article.id], _values(article), batch)
    touched = {change.object_id for change in changes}
    bulk.update(
        [product for product in known.values() if product.pk in touched], PRODUCT_FIELDS + TERMS_FIELDS + FLAG_FIELDS
    )
    everything = known | made
    present = [article for article in articles if article.id in everything]
    changes += _follow_stock(present, everything, batch)
    changes += _follow_prices(present, everything, batch)
    changes += follow_group_prices(present, everything, batch)
    changes += [
        record.change(KIND, product, record.CREATED, "", product.title, **batch.about(index))
        for index, product in made.items()
    ]
    record.save(changes)


def _known(indexes: list[str]) -> dict[str, Product]:
    """Locked, so that what staff publishes meanwhile is not undone; with no more fields than WAPRO decides on."""
    found = Product.objects.filter(upc__in=indexes).only(
        "upc", "published_at", *PRODUCT_FIELDS, *TERMS_FIELDS, *FLAG_FIELDS
    )
    return {product.upc: product for product in found.order_by("pk").select_for_update(no_key=True)}


def _values(article: Article) -> dict[str, Any]:
    promotion = article.promotion or Promotion()
    return {
        "vat_percent": article.vat_percent,
        "default_level": article.default_level,
        "price_category": article.price_category,
        "is_discountable": article.is_discountable,
        "individual_prices_off": article.individual_prices_off,
        "promotion_net": promotion.net,
        "promotion_gross": promotion.gross,
        "promotion_percent": promotion.discount_percent,
        "promotion_first_day": promotion.first_day,
        "promotion_last_day": promotion.last_day,
        "title": article.name,
        "ean": article.ean,
        "unit": article.unit,
        "is_divisible": article.is_divisible,
        "vat_code": article.vat_code,
        "erp_category": article.category,
        "erp_description": article.description,
        "in_shop": article.in_shop,
        "erp_blocked": article.blocked,
    }


def _follow(product: Product, values: dict[str, Any], batch: Batch) -> list[Change]:
    changes = record.assign(KIND, product, values, **batch.about(product.upc))
    was_public = product.is_public
    product.follow_publication()
    if product.is_public != was_public:
        changes.append(
            record.change(KIND, product, "is_public", was_public, product.is_public, **batch.about(product.upc))
        )
    product.slug = _slug(product)
    return changes


def _create(articles: list[Article], batch: Batch) -> dict[str, Product]:
    if not articles:
        return {}
    product_class = default_class()
    rows = []
    for article in articles:
        product = Product(upc=article.id, product_class=product_class, is_public=False, **_values(article))
        product.slug = _slug(product)
        rows.append(product)
    made = Product.objects.bulk_create(rows, batch_size=500)
    land(made)
    return {product.upc: product for product in made}


def _slug(product: Product) -> str:
    return slugify(product.title)[:255] or slugify(product.upc)


def _partner() -> Any:
    partner, _new = get_model("partner", "Partner").objects.get_or_create(code="wapro", defaults={"name": PARTNER})
    return partner


def _follow_stock(articles: list[Article], products: dict[str, Product], batch: Batch) -> list[Change]:
    """WAPRO's available quantity; orders that it did not know when it was read stay allocated in the shop."""
    records = lock_stock(products[article.id].pk for article in articles)
    allocated = not_yet_in_wapro([products[a.id].pk for a in articles], batch.read_at)
    partner = _partner()
    changes, old, new = [], [], []
    for article in articles:
        product = products[article.id]
        row = records.get(product.pk)
        first = next(iter(sorted(article.prices, key=lambda price: price.level)), None)
        values = {
            "available": article.available,
            "num_in_stock": max(0, int(article.available)),
            "num_allocated": allocated.get(product.pk, 0),
            "price": first.net if first else None,
            "price_currency": first.currency if first else "PLN",
        }
        if row is None:
            new.append(StockRecord(product=product, partner=partner, partner_sku=article.id, **values))
            continue
        before = {name: getattr(row, name) for name in STOCK_FIELDS}
        if before == values:
            continue
        if row.available != article.available:
            changes.append(
                record.change(
                    KIND, product, "available", row.available, article.available,
                    **batch.about(article.id),
                )
            )  # fmt: skip
        for name, value in values.items():
            setattr(row, name, value)
        old.append(row)
    StockRecord.objects.bulk_create(new, batch_size=500)
    bulk.update(old, STOCK_FIELDS)
    return changes


def _follow_prices(articles: list[Article], products: dict[str, Product], batch: Batch) -> list[Change]:
    known: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    rows = LevelPrice.objects.filter(product_id__in=[products[article.id].pk for article in articles])
    for row in rows.values("pk", "product_id", "level", *PRICE_FIELDS):  # most are equal: no objects for them
        known[row["product_id"]][row["level"]] = row
    changes, old, new, gone = [], [], [], []
    for article in articles:
        product = products[article.id]
        levels = known[product.pk]
        for price in article.prices:
            values = {
                "level_name": price.level_name,
                "net": price.net,
                "gross": price.gross,
                "currency": price.currency,
            }
            row = levels.pop(price.level, None)
            if row is None:
                new.append(LevelPrice(product=product, level=price.level, **values))
                continue
            if row["net"] != price.net:
                field = f"price {price.level_name or price.level}"
                changes.append(record.change(KIND, product, field, row["net"], price.net, **batch.about(article.id)))
            if any(row[name] != value for name, value in values.items()):
                old.append(LevelPrice(pk=row["pk"], **values))
        gone += [row["pk"] for row in levels.values()]
    LevelPrice.objects.filter(pk__in=gone).delete()
    LevelPrice.objects.bulk_create(new, batch_size=1000)
    bulk.update(old, PRICE_FIELDS)
    return changes
