"""An article of WAPRO -> a product. New ones land in the intake category, invisible to buyers. In bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from oscar.core.loading import get_model
from oscar.core.utils import slugify

from wiadukt.contract.product import Product as Article
from wiadukt.contract.product import Promotion
from wiadukt.shop import bulk
from wiadukt.shop.forks.catalogue.models import Product, is_on_sale
from wiadukt.shop.forks.partner.models import LevelPrice, StockRecord
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change
from wiadukt.shop.intake.arrivals import default_class, land
from wiadukt.shop.ordering.allocated import not_yet_in_wapro
from wiadukt.shop.ordering.locks import STOCK_FIELDS, lock_stock
from wiadukt.shop.sync.apply.batch import Batch
from wiadukt.shop.sync.apply.group_prices import follow_group_prices

KIND = "product"
PARTNER = "WAPRO"
PRODUCT_FIELDS = [
    "title", "slug", "ean", "unit", "contents_quantity", "contents_unit", "is_divisible", "vat_code", "erp_category",
    "erp_description",
]  # fmt: skip
TERMS_FIELDS = [
    "vat_percent", "default_level", "price_category", "is_discountable", "individual_prices_off", "promotion_net",
    "promotion_gross", "promotion_percent", "promotion_first_day", "promotion_last_day",
]  # fmt: skip
FLAG_FIELDS = ["in_shop", "erp_blocked", "is_public"]
FOLLOWED = PRODUCT_FIELDS + TERMS_FIELDS + FLAG_FIELDS
PRICE_FIELDS = ["level_name", "net", "gross", "currency"]
Row = dict[str, Any]
"""Of one product: plain columns, for most of thousands are equal and no object is made for those."""


def apply_products(articles: list[Article], missing: list[str], batch: Batch) -> None:
    """Makes and changes products, stock and price levels. One that left the shop is hidden and keeps its content."""
    known = _known([article.id for article in articles] + missing)
    changes: list[Change] = []
    changed: list[Row] = []
    wanted = {index: {"in_shop": False} for index in missing} | {article.id: _values(article) for article in articles}
    for index, values in wanted.items():
        if index in known:
            found = _follow(known[index], values, batch)
            changes += found
            changed += [known[index]] if found else []
    bulk.update_values(Product, FOLLOWED, [[row["pk"], *(row[name] for name in FOLLOWED)] for row in changed])
    made = _create([article for article in articles if article.id not in known and article.in_shop], batch)
    keys = {index: row["pk"] for index, row in known.items()} | {index: product.pk for index, product in made.items()}
    present = [article for article in articles if article.id in keys]
    changes += _follow_stock(present, keys, batch)
    changes += _follow_prices(present, keys, batch)
    changes += follow_group_prices(present, keys, batch)
    changes += [
        record.change(KIND, product.pk, record.CREATED, "", product.title, **batch.about(index))
        for index, product in made.items()
    ]
    record.save(changes)


def _known(indexes: list[str]) -> dict[str, Row]:
    """Locked, so that what staff publishes meanwhile is not undone; with no more fields than WAPRO decides on."""
    found = Product.objects.filter(bulk.among("upc", indexes)).order_by("pk").select_for_update(no_key=True)
    return {row["upc"]: row for row in found.values("pk", "upc", "published_at", *FOLLOWED)}


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
        "contents_quantity": article.contents.quantity if article.contents else None,
        "contents_unit": article.contents.unit if article.contents else "",
        "is_divisible": article.is_divisible,
        "vat_code": article.vat_code,
        "erp_category": article.category,
        "erp_description": article.description,
        "in_shop": article.in_shop,
        "erp_blocked": article.blocked,
    }


def _follow(row: Row, values: dict[str, Any], batch: Batch) -> list[Change]:
    """Puts the values on the row; what differed comes back."""
    after = row | values
    after["is_public"] = is_on_sale(after["published_at"], in_shop=after["in_shop"], blocked=after["erp_blocked"])
    differing = [name for name in (*values, "is_public") if row[name] != after[name]]
    if not differing:
        return []
    changes = [
        record.change(KIND, row["pk"], name, row[name], after[name], **batch.about(row["upc"])) for name in differing
    ]
    row.update(after, slug=_slug(after["title"], row["upc"]))
    return changes


def _create(articles: list[Article], batch: Batch) -> dict[str, Product]:
    if not articles:
        return {}
    product_class = default_class()
    rows = [
        Product(
            upc=article.id, product_class=product_class, is_public=False, slug=_slug(article.name, article.id),
            **_values(article),
        )
        for article in articles
    ]  # fmt: skip
    made = Product.objects.bulk_create(rows, batch_size=500)
    land(made)
    return {product.upc: product for product in made}


def _slug(title: str, index: str) -> str:
    return slugify(title)[:255] or slugify(index)


def _partner() -> Any:
    partner, _new = get_model("partner", "Partner").objects.get_or_create(code="wapro", defaults={"name": PARTNER})
    return partner


def _follow_stock(articles: list[Article], keys: dict[str, int], batch: Batch) -> list[Change]:
    """WAPRO's available quantity; orders that it did not know when it was read stay allocated in the shop."""
    ids = [keys[article.id] for article in articles]
    records = lock_stock(ids)
    allocated = not_yet_in_wapro(ids, batch.read_at)
    changes, old = [], []
    new: list[tuple[int, str, dict[str, Any]]] = []
    for article in articles:
        product_id = keys[article.id]
        row = records.get(product_id)
        first = min(article.prices, key=lambda price: price.level, default=None)
        values = {
            "available": article.available,
            "num_in_stock": max(0, int(article.available)),
            "num_allocated": allocated.get(product_id, Decimal(0)),
            "price": first.net if first else None,
            "price_currency": first.currency if first else "PLN",
        }
        if row is None:
            new.append((product_id, article.id, values))
            continue
        if row["available"] != article.available:
            about = batch.about(article.id)
            changes.append(record.change(KIND, product_id, "available", row["available"], article.available, **about))
        if any(row[name] != value for name, value in values.items()):
            old.append([row["pk"], *(values[name] for name in STOCK_FIELDS)])
    bulk.update_values(StockRecord, STOCK_FIELDS, old)
    if new:
        partner = _partner()
        rows = [StockRecord(product_id=key, partner=partner, partner_sku=sku, **values) for key, sku, values in new]
        StockRecord.objects.bulk_create(rows, batch_size=500)
    return changes


def _follow_prices(articles: list[Article], keys: dict[str, int], batch: Batch) -> list[Change]:
    known: dict[int, dict[str, Row]] = defaultdict(dict)
    rows = LevelPrice.objects.filter(bulk.among("product_id", [keys[article.id] for article in articles]))
    for row in rows.values("pk", "product_id", "level", *PRICE_FIELDS):
        known[row["product_id"]][row["level"]] = row
    changes: list[Change] = []
    old: list[Sequence[Any]] = []
    new: list[LevelPrice] = []
    gone: list[int] = []
    for article in articles:
        levels = known[keys[article.id]]
        for price in article.prices:
            values = [price.level_name, price.net, price.gross, price.currency]
            row = levels.pop(price.level, None)
            if row is None:
                given = dict(zip(PRICE_FIELDS, values, strict=True))
                new.append(LevelPrice(product_id=keys[article.id], level=price.level, **given))
                continue
            if row["net"] != price.net:
                field, about = f"price {price.level_name or price.level}", batch.about(article.id)
                changes.append(record.change(KIND, keys[article.id], field, row["net"], price.net, **about))
            if [row[name] for name in PRICE_FIELDS] != values:
                old.append([row["pk"], *values])
        gone += [row["pk"] for row in levels.values()]
    if gone:
        LevelPrice.objects.filter(pk__in=gone).delete()
    if new:
        bulk.insert(LevelPrice, new, ["product", "level", *PRICE_FIELDS])
    bulk.update_values(LevelPrice, PRICE_FIELDS, old)
    return changes
