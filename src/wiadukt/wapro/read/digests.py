"""Digests of everything the shop should have: by bucket, then by object.

Every kind can be read and digested object by object. Products, of which there may be very many, are digested inside
the base where it can (`product_digests`); a test holds both ways to the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from wiadukt.contract.base import Kind
from wiadukt.contract.facts import BUCKETS, BucketDigest, bucket_of, buckets, digest, facts_of
from wiadukt.contract.fetch import MAX_FETCH, Fetched
from wiadukt.wapro.read import product_digests
from wiadukt.wapro.read.customers import read_customers
from wiadukt.wapro.read.ids import read_all_ids
from wiadukt.wapro.read.invoices import read_invoices
from wiadukt.wapro.read.orders import read_orders
from wiadukt.wapro.read.products import read_products
from wiadukt.wapro.settings import Settings

Reader = Callable[[Connection, Sequence[str], Settings], Fetched[Any]]
READERS: dict[Kind, Reader] = {
    Kind.CUSTOMER: read_customers,
    Kind.PRODUCT: read_products,
    Kind.ORDER: read_orders,
    Kind.INVOICE: read_invoices,
}
UNREADABLE = digest({"unreadable": ""})
"""Stands for an object that can't be read; it equals nothing the shop has, so the shop asks for it and is told why."""


def read_bucket_digests(
    conn: Connection, kind: Kind, settings: Settings, first: int = 0, last: int = BUCKETS - 1
) -> tuple[BucketDigest, ...]:
    """The buckets `first` to `last` that hold anything, as one snapshot."""
    if kind is Kind.PRODUCT and product_digests.can_digest(conn):
        return product_digests.bucket_digests(conn, settings, first, last)
    return buckets(read_digests(conn, kind, settings, first, last))


def read_digests(conn: Connection, kind: Kind, settings: Settings, first: int, last: int) -> dict[str, str]:
    """The digest of each object of these buckets, by id."""
    if kind is Kind.PRODUCT and product_digests.can_digest(conn):
        return product_digests.digests(conn, settings, first, last)
    ids = [one for one in read_all_ids(conn, kind, settings) if first <= bucket_of(one) <= last]
    return digest_one_by_one(conn, kind, settings, ids)


def digest_one_by_one(conn: Connection, kind: Kind, settings: Settings, ids: Sequence[str]) -> dict[str, str]:
    """The digest of each of these objects that the base has, made from the contract objects."""
    found: dict[str, str] = {}
    for some in _portions(ids):
        fetched = READERS[kind](conn, some, settings)
        found |= {obj.id: digest(facts_of(kind, obj)) for obj in fetched.objects}
        found |= dict.fromkeys(fetched.broken, UNREADABLE)
    return found


def _portions(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + MAX_FETCH] for start in range(0, len(ids), MAX_FETCH))
