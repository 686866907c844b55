"""What WAPRO's groups of buyers agreed for articles -> rows of their products. In bulk."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from wiadukt.contract.facts import agreed_fact
from wiadukt.contract.product import Product as Article
from wiadukt.shop import bulk
from wiadukt.shop.forks.partner.models import GroupPrice
from wiadukt.shop.history import record
from wiadukt.shop.history.models import Change
from wiadukt.shop.sync.apply.agreements import AGREED_FIELDS, words_of_agreement
from wiadukt.shop.sync.apply.batch import Batch

KIND = "product"


def follow_group_prices(articles: list[Article], keys: dict[str, int], batch: Batch) -> list[Change]:
    """One query when no group has a price for any of them, which is the rule."""
    known: dict[int, dict[str, GroupPrice]] = defaultdict(dict)
    for row in GroupPrice.objects.filter(bulk.among("product_id", [keys[article.id] for article in articles])):
        known[row.product_id][row.group] = row
    changes, old, new, gone = [], [], [], []
    for article in articles:
        rows = known[keys[article.id]]
        for price in article.group_prices:
            row = rows.pop(price.group, None)
            if row is not None and agreed_fact(row) == agreed_fact(price):
                continue
            changes.append(_change(article.id, keys[article.id], price.group, (row, price), batch))
            fresh = row or GroupPrice(product_id=keys[article.id], group=price.group)
            for name in AGREED_FIELDS:
                setattr(fresh, name, getattr(price, name))
            (new if row is None else old).append(fresh)
        gone += [row.pk for row in rows.values()]
        changes += [_change(article.id, keys[article.id], row.group, (row, None), batch) for row in rows.values()]
    if gone:
        GroupPrice.objects.filter(pk__in=gone).delete()
    GroupPrice.objects.bulk_create(new, batch_size=1000)
    bulk.update(old, AGREED_FIELDS)
    return changes


def _change(index: str, key: int, group: str, terms: tuple[Any, Any], batch: Batch) -> Change:
    old, new = (words_of_agreement(one) for one in terms)
    return record.change(KIND, key, f"group_price.{group}", old, new, **batch.about(index))
