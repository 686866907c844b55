"""Who may what with a list: seen and filled by those who order for its branch, ended by its maker and the branch's
approvers and managers."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from wiadukt.shop.lists.models import GoodsList, ListedProduct
from wiadukt.shop.organisations.access import ordering_branches_of
from wiadukt.shop.organisations.models import Member, Role


def lists_of(member: Member) -> QuerySet[GoodsList]:
    return GoodsList.objects.filter(branch__in=ordering_branches_of(member)).select_related("branch")


def may_end(member: Member, goods_list: GoodsList) -> bool:
    return member.role != Role.BUYER or goods_list.made_by_id == member.pk


def marked_of(member: Member | None, product_ids: Collection[int]) -> set[int]:
    """Which of these goods stand on any of the member's lists; one query."""
    if member is None:
        return set()
    mine = ListedProduct.objects.filter(goods_list__in=lists_of(member), product__in=product_ids)
    return set(mine.values_list("product", flat=True))
