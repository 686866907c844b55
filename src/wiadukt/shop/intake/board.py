"""The board as a list: which goods it shows, by what they lack and who works on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.intake.categories import waiting
from wiadukt.shop.intake.checks import CHECKS, READY, checked, counted, lacking

LONGEST_KEY = 19
MINE, FREE, TAKEN = "mine", "free", "taken"
WORKERS = [(MINE, _("mine")), (FREE, _("nobody's")), (TAKEN, _("somebody's"))]


@dataclass(frozen=True)
class Asked:
    """What the address asks for; unknown words ask for nothing."""

    words: str = ""
    check: str = ""
    worker: str = ""
    erp_category: str = ""

    @classmethod
    def of(cls, said: QueryDict) -> Asked:
        check, worker = said.get("check", ""), said.get("worker", "")
        return cls(
            said.get("q", "").replace("\0", "").strip(),
            check if check in CHECKS or check == READY else "",
            worker if worker in dict(WORKERS) else "",
            said.get("category", "").replace("\0", ""),
        )


def numbers(texts: Iterable[str]) -> list[int]:
    """Keys among what a form sent; anything else in it names nothing."""
    return [int(text) for text in texts if text.isdecimal() and len(text) < LONGEST_KEY]


def found(asked: Asked, user: Any) -> tuple[QuerySet, dict[str, int]]:
    """Goods in question, newest first, and how many lack what whatever `asked.check` is."""
    products = waiting()
    for word in asked.words.split():
        products = products.filter(Q(title__icontains=word) | Q(upc__icontains=word) | Q(ean=word))
    if asked.erp_category:
        products = products.filter(erp_category=asked.erp_category)
    conditions = {MINE: Q(work__user=user), FREE: Q(work=None), TAKEN: ~Q(work=None)}
    if asked.worker:
        products = products.filter(conditions[asked.worker])
    marked = checked(products)
    counts = counted(marked)
    return (lacking(marked, asked.check) if asked.check else marked).order_by("-date_created", "-id"), counts


def with_cards(products: QuerySet) -> QuerySet:
    """With all that a card shows, for whole pages of them."""
    return products.select_related("product_class", "work__user").prefetch_related("images")
