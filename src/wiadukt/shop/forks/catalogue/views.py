"""What buyers see of the goods: a list with search and categories, and a product's page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from wiadukt.shop.forks.catalogue import parameters
from wiadukt.shop.forks.catalogue.models import Category, LinkKind, Product, ProductCategory
from wiadukt.shop.forks.catalogue.ready import RULES, ready
from wiadukt.shop.forks.catalogue.search import found
from wiadukt.shop.forks.catalogue.sized import choices_of, put_in
from wiadukt.shop.intake.models import Attachment
from wiadukt.shop.lists.access import marked_of
from wiadukt.shop.organisations.access import may_see_goods, member_at

Answer = TypeVar("Answer")
UNSHOWN = ("search_text", "parameter_words", "description", "erp_description")
"""Long texts that a list does not show."""
PAGE_SIZE, MOST_SUGGESTED = 24, 8
LINK_HEADINGS = {LinkKind.SUBSTITUTE.value: _("Substitutes"), LinkKind.LINKED.value: _("Goes with it")}


def buyers_and_staff(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """A stranger does not come so far; a login without an open company is refused."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
        if not may_see_goods(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapped


@buyers_and_staff
def index(request: HttpRequest) -> HttpResponse:
    return _listing(request, None)


@buyers_and_staff
def category(request: HttpRequest, category_slug: str, pk: int) -> HttpResponse:
    return _listing(request, get_object_or_404(Category.objects.browsable(), pk=pk))


@buyers_and_staff
def detail(request: HttpRequest, product_slug: str, pk: int) -> HttpResponse:
    """A product's page. What is not public does not exist for buyers; staff sees it with a note.

    The sizes of what is made to size are sent here: to be priced, or to the basket when they can be made.
    """
    product = _seen(request, pk)
    sized = choices_of(request, product)
    if sized is not None and request.method == "POST" and "price" not in request.POST and put_in(request, sized):
        return redirect("basket:summary")
    context = {
        "sized": sized,
        "product": product,
        "info": request.strategy.fetch_for_product(product),
        "values": product.attribute_values.select_related("attribute").order_by("attribute__name"),
        "category": product.categories.browsable().first(),
        "images": list(product.images.all()),
        "attachments": list(product.attachments.all()),
        "marked": marked_of(member_at(request), [product.pk]),
        "links": _links(request, product),
    }
    return render(request, "catalogue/detail.html", context)


def _links(request: HttpRequest, product: Product) -> list[tuple[Any, list[tuple[Product, Any]]]]:
    """By heading the goods that may stand in for a product, and those that go with it: of either what buyers see."""
    kinds = dict(product.primary_recommendations.values_list("recommendation", "kind"))
    found: dict[str, list[tuple[Product, Any]]] = {kind: [] for kind in LINK_HEADINGS}
    if kinds:
        goods = ready(Product.objects.browsable().filter(pk__in=kinds))
        for other in goods.order_by("title", "id"):
            found[kinds[other.pk]].append((other, request.strategy.fetch_for_product(other)))
    return [(LINK_HEADINGS[kind], items) for kind, items in found.items() if items]


@buyers_and_staff
def price(request: HttpRequest, pk: int) -> HttpResponse:
    """What the chosen size costs, while one writes: a piece of a page."""
    sized = choices_of(request, _seen(request, pk))
    if sized is None:
        raise Http404
    return render(request, "sizes/_price.html", {"sized": sized})


def _seen(request: HttpRequest, pk: int) -> Product:
    product = get_object_or_404(ready(Product.objects.all()).prefetch_related(RULES), pk=pk)
    if not product.is_public and not request.user.is_staff:
        raise Http404
    return product


@buyers_and_staff
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """A data sheet, for those who see its product."""
    asked = get_object_or_404(Attachment.objects.select_related("product"), pk=pk)
    if not asked.product.is_public and not request.user.is_staff:
        raise Http404
    try:
        file = asked.file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, as_attachment=True, filename=asked.file_name)


@buyers_and_staff
def suggest(request: HttpRequest) -> HttpResponse:
    """The few most fitting goods while somebody writes: a piece of a page."""
    asked = request.GET.get("q", "").strip()
    products = list(found(Product.objects.browsable(), asked)[:MOST_SUGGESTED]) if asked else []
    return render(request, "catalogue/_suggestions.html", {"products": products, "asked": asked})


def _listing(request: HttpRequest, chosen: Any) -> HttpResponse:
    asked = request.GET.get("q", "").strip()
    everything = found(Product.objects.browsable(), asked)
    if chosen is not None:
        within = ProductCategory.objects.filter(category__in=chosen.get_descendants_and_self())
        everything = everything.filter(pk__in=within.values("product"))
    wanted = parameters.chosen(request.GET)
    keys = parameters.narrowed(everything, wanted).values_list("pk", flat=True)
    page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = _shown(page)
    context = {
        "page": page,
        "items": [(product, request.strategy.fetch_for_product(product)) for product in shown],
        "marked": marked_of(member_at(request), [product.pk for product in shown]),
        "category": chosen,
        "tree": _tree(),
        "open_ids": {ancestor.pk for ancestor in chosen.get_ancestors_and_self()} if chosen else set(),
        "asked": asked,
        "parameters": parameters.offered(everything, wanted) if asked or chosen is not None else [],
        "is_narrowed": bool(wanted),
    }
    return render(request, "catalogue/list.html", context)


def _shown(page: Page) -> list[Product]:
    """Goods of the page in its order, ready to be shown."""
    keys = list(page)
    by_key = {product.pk: product for product in ready(Product.objects.filter(pk__in=keys)).defer(*UNSHOWN)}
    return [by_key[key] for key in keys]


def _tree() -> list[tuple[Any, list[Any]]]:
    """Public categories, two levels deep."""
    categories = list(Category.objects.browsable().filter(exclude_from_menu=False, depth__lte=2).order_by("path"))
    roots = [found for found in categories if found.depth == 1]
    return [(root, [found for found in categories if found.depth == 2 and found.is_child_of(root)]) for root in roots]
