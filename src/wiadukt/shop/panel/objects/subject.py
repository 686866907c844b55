"""The object that a page is about, as far as this person may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from wiadukt.contract.base import Kind
from wiadukt.shop.accounts.models import User
from wiadukt.shop.addresses.waiting import KINDS as ADDRESS_KINDS
from wiadukt.shop.addresses.waiting import keys_of
from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.history.models import Change
from wiadukt.shop.outbox.models import OutboundMessage
from wiadukt.shop.panel.objects.find import HISTORY, sees_goods
from wiadukt.shop.sellers import access

UNKNOWN = "#"
"""Before the number of an order that WAPRO has no id for."""


@dataclass(frozen=True)
class Subject:
    """`erp_id` is empty for an order that WAPRO does not have yet, `row` None for what the shop does not have.

    `is_masked`: this person may not see the personal data of it.
    """

    kind: Kind
    erp_id: str
    row: Any
    is_masked: bool = False

    @property
    def key(self) -> str:
        """By what addresses name it."""
        return self.erp_id or f"{UNKNOWN}{self.row.number}"

    @property
    def title(self) -> str:
        if self.row is None:
            return self.erp_id
        names = {Kind.CUSTOMER: "name", Kind.PRODUCT: "title", Kind.ORDER: "number", Kind.INVOICE: "number"}
        return str(getattr(self.row, names[self.kind]))

    @property
    def url(self) -> str:
        return f"{reverse('panel:object', args=[self.kind])}?{urlencode({'id': self.key})}"

    @property
    def page_url(self) -> str:
        """Its own page in the dashboard."""
        if self.row is None:
            return ""
        if self.kind is Kind.PRODUCT:
            return str(self.row.get_absolute_url())
        names = {Kind.CUSTOMER: "panel:organisation", Kind.ORDER: "panel:order", Kind.INVOICE: "panel:invoice"}
        return reverse(names[self.kind], args=[self.row.pk])

    def messages(self) -> QuerySet[OutboundMessage]:
        """What the shop said or has to say about it, youngest first."""
        said = OutboundMessage.objects.order_by("-id")
        if self.row is None or self.kind in (Kind.PRODUCT, Kind.INVOICE):
            return said.none()
        if self.kind is Kind.ORDER:
            return said.filter(key=self.row.number)
        return said.filter(kind__in=ADDRESS_KINDS, key__in=keys_of([self.row]))

    def history(self) -> QuerySet[Change]:
        if self.row is None:
            return Change.objects.none()
        return Change.objects.filter(kind=HISTORY[self.kind], object_id=self.row.pk)


def subject_of(user: User, kind: str, key: str) -> Subject:
    """Raises Http404 for what is not there for this person. Only who sees all may ask for what the shop lacks."""
    if kind not in list(Kind) or not key or "\0" in key or len(key) > 100:
        raise Http404
    wanted = Kind(kind)
    row = _rows(user, wanted).filter(_named(wanted, key)).first()
    if row is None:
        may_ask = sees_goods(user) if wanted is Kind.PRODUCT else access.sees_all(user)
        if not may_ask or key.startswith(UNKNOWN):
            raise Http404
        return Subject(wanted, key, None)
    if wanted is Kind.PRODUCT:
        return Subject(wanted, row.upc, row)
    masked = wanted is Kind.CUSTOMER and not access.sees_whole(user, row)
    return Subject(wanted, row.erp_id or "", row, is_masked=masked)


def _rows(user: User, kind: Kind) -> QuerySet[Any]:
    if kind is Kind.CUSTOMER:
        return access.organisations_of(user)
    if kind is Kind.PRODUCT:
        return Product.objects.all() if sees_goods(user) else Product.objects.none()
    return access.orders_of(user) if kind is Kind.ORDER else access.invoices_of(user)


def _named(kind: Kind, key: str) -> Q:
    if kind is Kind.PRODUCT:
        return Q(upc=key)
    if kind is Kind.ORDER and key.startswith(UNKNOWN):
        return Q(number=key.removeprefix(UNKNOWN))
    return Q(erp_id=key)
