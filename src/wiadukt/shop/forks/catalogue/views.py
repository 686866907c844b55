"""What buyers see of the goods: a list with search and categories, and a product's page."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import user_passes_test
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from wiadukt.shop.forks.catalogue.models import Category, Product
from wiadukt.shop.history.models import Change
from wiadukt.shop.organisations.access import may_see_goods

PAGE_SIZE = 24


def _may_see(user: Any) -> bool:
    if not may_see_goods(user):
        raise PermissionDenied
    return True


buyers_and_staff = user_passes_test(_may_see)


@buyers_and_staff
def index(request: HttpRequest) -> HttpResponse:
    return _listing(request, None)


@buyers_and_staff
def category(request: HttpRequest, category_slug: str, pk: int) -> HttpResponse:
    return _listing(request, get_object_or_404(Category.objects.browsable(), pk=pk))


@buyers_and_staff
def detail(request: HttpRequest, product_slug: str, pk: int) -> HttpResponse:
    """A product's page. What is not public does not exist for buyers; staff sees it with a note."""
    product = get_object_or_404(_ready(Product.objects.all()), pk=pk)
    if not product.is_public and not request.user.is_staff:
        raise Http404
    context = {
        "product": product,
        "info": request.strategy.fetch_for_product(product),
        "parameters": product.attribute_values.select_related("attribute").order_by("attribute__name"),
        "category": product.categories.browsable().first(),
        "images": list(product.images.all()),
    }
    if request.user.is_staff:
        context["changes"] = Change.objects.filter(kind="product", object_id=product.pk)[:30]
    return render(request, "catalogue/detail.html", context)


def _listing(request: HttpRequest, chosen: Any) -> HttpResponse:
    asked = request.GET.get("q", "").strip()
    products = _searched(Product.objects.browsable(), asked)
    if chosen is not None:
        products = products.filter(categories__in=chosen.get_descendants_and_self()).distinct()
    page = Paginator(products.order_by("title", "id"), PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(_ready(Product.objects.filter(pk__in=[product.pk for product in page])).order_by("title", "id"))
    context = {
        "page": page,
        "items": [(product, request.strategy.fetch_for_product(product)) for product in shown],
        "category": chosen,
        "tree": _tree(),
        "open_ids": {ancestor.pk for ancestor in chosen.get_ancestors_and_self()} if chosen else set(),
        "asked": asked,
    }
    return render(request, "catalogue/list.html", context)


def _searched(products: QuerySet, asked: str) -> QuerySet:
    """Every word must be found in name, index or EAN."""
    for word in asked.split():
        products = products.filter(Q(title__icontains=word) | Q(upc__icontains=word) | Q(ean__startswith=word))
    return products


def _ready(products: QuerySet) -> QuerySet:
    """With all that price, availability and picture need: the number of queries does not grow with the page."""
    return products.select_related("product_class").prefetch_related(
        "stockrecords", "level_prices", "group_prices", "images"
    )


def _tree() -> list[tuple[Any, list[Any]]]:
    """Public categories, two levels deep."""
    categories = list(Category.objects.browsable().filter(exclude_from_menu=False, depth__lte=2).order_by("path"))
    roots = [found for found in categories if found.depth == 1]
    return [(root, [found for found in categories if found.depth == 2 and found.is_child_of(root)]) for root in roots]
