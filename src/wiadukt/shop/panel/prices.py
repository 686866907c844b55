"""The prices of one buyer as the shop counts them today, each with the answer to 'why this one'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from wiadukt.shop.accounts.staff import staff_only
from wiadukt.shop.forks.catalogue.models import Product
from wiadukt.shop.forks.partner.strategy import CustomerStrategy, NotSold
from wiadukt.shop.sellers.access import organisations_of
from wiadukt.shop.terms import words

PAGE_SIZE = 25


@dataclass(frozen=True)
class Row:
    """A product and its price for the buyer. `steps`: (words, net, gross)."""

    product: Any
    price: Any
    source: str
    steps: list[tuple[str, Any, Any]]
    reason: str


@staff_only
def listed(request: HttpRequest, pk: int) -> HttpResponse:
    """A constant number of queries, whatever is on the page."""
    organisation = get_object_or_404(organisations_of(request.user), pk=pk)
    asked = request.GET.get("q", "").strip()
    found = Product.objects.filter(in_shop=True)
    if asked:
        found = found.filter(Q(title__icontains=asked) | Q(upc__icontains=asked) | Q(ean=asked))
    ready = found.order_by("title", "id").select_related("product_class")
    ready = ready.prefetch_related("stockrecords", "level_prices", "group_prices")
    page = Paginator(ready, PAGE_SIZE).get_page(request.GET.get("page"))
    strategy = CustomerStrategy(user=request.user, organisation=organisation)
    rows = [_row(product, strategy) for product in page]
    context = {"organisation": organisation, "page": page, "rows": rows, "asked": asked, "today": strategy.today}
    return render(request, "panel/prices.html", context)


def _row(product: Any, strategy: CustomerStrategy) -> Row:
    price = strategy.pricing_policy(product, None)
    if isinstance(price, NotSold):
        return Row(product, None, "", [], words.no_price_words(price.reason))
    names = {row.level: row.level_name for row in product.level_prices.all()}
    steps = [(words.step_words(step, names), step.net, step.gross) for step in price.why.steps]
    return Row(product, price, words.source_words(price.why.source), steps, "")
