"""The verification board: goods that WAPRO sent and nobody has published yet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from wiadukt.shop.accounts.staff import goods_only
from wiadukt.shop.history.models import Change
from wiadukt.shop.intake.forms import ProductForm
from wiadukt.shop.intake.publish import missing, publish, withdraw

PAGE_SIZE = 24


@goods_only
def board(request: HttpRequest) -> HttpResponse:
    """Cards of goods flagged in WAPRO and not published, newest first, each with what it lacks."""
    waiting = _products().filter(published_at=None, in_shop=True)
    asked = request.GET.get("q", "").strip()
    for word in asked.split():
        waiting = waiting.filter(Q(title__icontains=word) | Q(upc__icontains=word))
    page = Paginator(waiting.order_by("-date_created", "-id"), PAGE_SIZE).get_page(request.GET.get("page"))
    cards = [(product, missing(product)) for product in page]
    return render(request, "intake/board.html", {"page": page, "cards": cards, "asked": asked})


@goods_only
def product(request: HttpRequest, pk: int) -> HttpResponse:
    """One product: WAPRO's facts, what staff adds, and the button that publishes."""
    found = get_object_or_404(_products(), pk=pk)
    initial = {
        "product_class": found.product_class_id,
        "category": found.categories.exclude(slug="intake").first(),
        "description": found.description,
    }
    form = ProductForm(request.POST or None, request.FILES or None, product=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _saved(request, found, form)
    context = {
        "product": found,
        "form": form,
        "lacks": missing(found),
        "changes": Change.objects.filter(kind="product", object_id=found.pk)[:30],
    }
    return render(request, "intake/product.html", context)


def _saved(request: HttpRequest, product: Any, form: ProductForm) -> HttpResponse:
    with transaction.atomic():
        form.save()
        fresh = _products().get(pk=product.pk)
        lacks = missing(fresh)
        action = request.POST.get("action", "save")
        if action == "withdraw":
            withdraw(fresh, request.user.email)
        elif action == "publish" and not lacks:
            publish(fresh, request.user.email)
    if action == "publish" and lacks:
        what = ", ".join(str(lack) for lack in lacks)
        messages.error(request, _("Saved, but not published: it still lacks %(what)s.") % {"what": what})
    elif action == "publish":
        messages.success(request, _("%(product)s is published: buyers see it now.") % {"product": fresh.title})
        return redirect("intake:board")
    else:
        messages.success(request, _("Saved."))
    return redirect("intake:product", pk=product.pk)


def _products() -> QuerySet:
    products = get_model("catalogue", "Product").objects.select_related("product_class")
    return products.prefetch_related(
        "images", "categories", "level_prices", "stockrecords", "attribute_values", "product_class__attributes"
    )
