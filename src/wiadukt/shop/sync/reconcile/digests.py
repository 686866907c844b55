"""Digests of what the shop holds, by bucket and by object; products are digested inside PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import CharField
from django.db.models.functions import MD5, Cast, Substr

from wiadukt.contract.base import Kind
from wiadukt.contract.facts import FIELD, RECORD, BucketDigest, buckets, digest
from wiadukt.shop.sync.reconcile.facts import KEY, facts_of_held, held

PORTION = 500

# The same facts as `facts._product`, in the same order; a test holds both to the same result. The columns of amounts
# have just the decimals that the facts have.
_FIELDS = {
    "name": "product.title",
    "description": "product.erp_description",
    "ean": "product.ean",
    "unit": "product.unit",
    "is_divisible": "CASE WHEN product.is_divisible THEN '1' ELSE '0' END",
    "vat_code": "product.vat_code",
    "category": "product.erp_category",
    "blocked": "CASE WHEN product.erp_blocked THEN '1' ELSE '0' END",
    "available": "coalesce(stock.available::text, '')",
    "vat_percent": "coalesce(round(product.vat_percent, 2)::text, '')",
    "default_level": "product.default_level",
    "price_category": "product.price_category",
    "is_discountable": "CASE WHEN product.is_discountable THEN '1' ELSE '0' END",
    "individual_prices_off": "CASE WHEN product.individual_prices_off THEN '1' ELSE '0' END",
    "promotion": """CASE WHEN product.promotion_net <> 0 OR product.promotion_gross <> 0
        OR product.promotion_percent <> 0
        THEN rtrim(round(product.promotion_net, 4)::text || ' ' || round(product.promotion_gross, 4)::text || ' ' ||
        round(product.promotion_percent, 2)::text || ' ' || coalesce(product.promotion_first_day::text, '') || ' ' ||
        coalesce(product.promotion_last_day::text, '')) ELSE '' END""",
}
_CONTENTS = """CASE WHEN product.contents_quantity IS NULL THEN '' ELSE %(record)s || 'contents' || %(field)s ||
        product.contents_quantity::text || ' ' || product.contents_unit END"""
_TEXT = " || %(record)s || ".join(f"'{name}' || %(field)s || {value}" for name, value in _FIELDS.items())
_DIGESTED = f"""
WITH priced AS (
    SELECT product_id, string_agg('price ' || level || %(field)s || rtrim(net::text || ' ' ||
        gross::text || ' ' || currency || ' ' || level_name), %(record)s ORDER BY level COLLATE "C") AS prices
    FROM partner_levelprice GROUP BY 1
), grouped AS (
    SELECT product_id, string_agg('group ' || "group" || %(field)s || rtrim(coalesce(round(net, 4)::text, '') || ' ' ||
        coalesce(round(gross, 4)::text, '') || ' ' || currency || ' ' || coalesce(round(discount_percent, 2)::text, '')
        || ' ' || level), %(record)s ORDER BY "group" COLLATE "C") AS prices
    FROM partner_groupprice GROUP BY 1
), digested AS (
    SELECT product.upc AS id, md5({_TEXT} || {_CONTENTS} || coalesce(%(record)s || priced.prices, '')
        || coalesce(%(record)s || grouped.prices, '')) AS digest
    FROM catalogue_product product
    LEFT JOIN partner_stockrecord stock ON stock.product_id = product.id
    LEFT JOIN priced ON priced.product_id = product.id
    LEFT JOIN grouped ON grouped.product_id = product.id
    WHERE product.in_shop AND ((%(first)s = 0 AND %(last)s = 255)
        OR ('x' || left(md5(product.upc), 2))::bit(8)::int BETWEEN %(first)s AND %(last)s)
)
"""
_BUCKETS = (
    _DIGESTED
    + """SELECT ('x' || left(md5(id), 2))::bit(8)::int AS bucket, count(*),
    sum(('x' || left(digest, 8))::bit(32)::bigint), sum(('x' || substr(digest, 9, 8))::bit(32)::bigint)
FROM digested GROUP BY 1 ORDER BY 1"""
)
_ALL = _DIGESTED + "SELECT id, digest FROM digested"


def bucket_digests(kind: Kind, first: int, last: int) -> tuple[BucketDigest, ...]:
    """The buckets of this range that hold anything."""
    if kind is not Kind.PRODUCT:
        return buckets(digests(kind, first, last))
    with connection.cursor() as cursor:
        cursor.execute(_BUCKETS, _values(first, last))
        return tuple(BucketDigest(bucket=b, count=n, low=int(low), high=int(high)) for b, n, low, high in cursor)


def digests(kind: Kind, first: int, last: int) -> dict[str, str]:
    """The digest of each object of these buckets, by id."""
    if kind is Kind.PRODUCT:
        with connection.cursor() as cursor:
            cursor.execute(_ALL, _values(first, last))
            return dict(cursor.fetchall())
    return digest_one_by_one(kind, _ids(kind, first, last))


def digest_one_by_one(kind: Kind, ids: Sequence[str]) -> dict[str, str]:
    """The digest of each of these objects that the shop holds, made from its facts."""
    found: dict[str, str] = {}
    for some in portions(ids):
        found |= {object_id: digest(facts) for object_id, facts in facts_of_held(kind, some).items()}
    return found


def portions(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + PORTION] for start in range(0, len(ids), PORTION))


def _ids(kind: Kind, first: int, last: int) -> list[str]:
    bucket = Substr(MD5(Cast(KEY[kind], CharField())), 1, 2)
    found = held(kind).annotate(bucket_hex=bucket)
    return list(found.filter(bucket_hex__range=(f"{first:02x}", f"{last:02x}")).values_list(KEY[kind], flat=True))


def _values(first: int, last: int) -> dict[str, object]:
    return {"first": first, "last": last, "field": FIELD, "record": RECORD}
