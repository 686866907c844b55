"""From an index, number, NIP, name or e-mail to the objects that a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wiadukt.contract.base import Kind
from wiadukt.shop.accounts.models import User
from wiadukt.shop.accounts.staff import may_see_intake
from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.panel.organisations import says
from wiadukt.shop.sellers import access

MOST = 20
HISTORY = {Kind.CUSTOMER: "organisation", Kind.PRODUCT: "product", Kind.ORDER: "order", Kind.INVOICE: "invoice"}
"""By what word the history knows each kind."""
KIND_WORDS = {
    Kind.CUSTOMER: _("buyer"),
    Kind.PRODUCT: _("product"),
    Kind.ORDER: _("order"),
    Kind.INVOICE: _("invoice"),
}


@dataclass(frozen=True)
class Hit:
    """One object. `id` is WAPRO's; an order that WAPRO does not have yet is found by `number` only."""

    kind: Kind
    id: str
    title: str
    note: str = ""

    @property
    def word(self) -> str:
        return str(KIND_WORDS[self.kind])


def sees_goods(user: User) -> bool:
    return may_see_intake(user) or access.sees_all(user)


def openable(user: User) -> frozenset[Kind]:
    """Of what kinds the traffic that this person sees leads to pages that open for him; technicians open no buyer's."""
    goods = {Kind.PRODUCT} if sees_goods(user) else set()
    only_watches = access.watches_all(user) and not access.sees_all(user)
    return frozenset(goods if only_watches else goods | {Kind.CUSTOMER, Kind.ORDER, Kind.INVOICE})


def find(user: User, asked: str) -> list[Hit]:
    """At most twenty of each kind. One that has exactly this number or index stands alone."""
    text = asked.replace("\0", "").strip()
    if not text:
        return []
    exact = [*_orders(user, _is(text, "number", "erp_number")), *_invoices(user, Q(number__iexact=text))]
    exact += _goods(user, _is(text, "upc", "ean"))
    if exact:
        return exact
    buyers = access.organisations_of(user)
    for word in text.split():
        buyers = buyers.filter(says(word))
    found = [Hit(Kind.CUSTOMER, row.erp_id, row.name, row.tax_id) for row in buyers.order_by("name")[:MOST]]
    parts = ("number", "erp_number", "customer_number")
    found += _orders(user, _has(text, *parts)) + _invoices(user, Q(number__icontains=text))
    return found + _goods(user, _has(text, "upc", "title"))


def _is(text: str, *fields: str) -> Q:
    return _any(fields, "iexact", text)


def _has(text: str, *fields: str) -> Q:
    return _any(fields, "icontains", text)


def _any(fields: tuple[str, ...], how: str, text: str) -> Q:
    where = Q()
    for field in fields:
        where |= Q(**{f"{field}__{how}": text})
    return where


def _orders(user: User, where: Q) -> list[Hit]:
    rows = access.orders_of(user).filter(where)[:MOST]
    return [Hit(Kind.ORDER, row.erp_id or f"#{row.number}", row.number, str(row.organisation)) for row in rows]


def _invoices(user: User, where: Q) -> list[Hit]:
    rows = access.invoices_of(user).filter(where)[:MOST]
    return [Hit(Kind.INVOICE, row.erp_id, row.number, str(row.organisation)) for row in rows]


def _goods(user: User, where: Q) -> list[Hit]:
    if not sees_goods(user):
        return []
    rows: Any = Product.objects.filter(where).order_by("upc")[:MOST]
    return [Hit(Kind.PRODUCT, row.upc, row.title, row.upc) for row in rows]
