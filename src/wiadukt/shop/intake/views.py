"""The verification board: goods that WAPRO sent and nobody has published yet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from wiadukt.shop.accounts.staff import goods_only
from wiadukt.shop.history.models import Change
from wiadukt.shop.intake import gallery
from wiadukt.shop.intake.attachments import attach, detach
from wiadukt.shop.intake.board import WORKERS, Asked, found, numbers, with_cards
from wiadukt.shop.intake.categories import proposals
from wiadukt.shop.intake.checks import CHECKS, READY, checked, lacks_of
from wiadukt.shop.intake.content import apply
from wiadukt.shop.intake.forms import ProductForm
from wiadukt.shop.intake.link_views import LinkForm
from wiadukt.shop.intake.links import links_of
from wiadukt.shop.intake.models import Work
from wiadukt.shop.intake.photos import Unfit, put_photo
from wiadukt.shop.intake.publish import NotReady, publish, withdraw
from wiadukt.shop.intake.work import Held, content_mark, locked, refuse_if_held

PAGE_SIZE = 24


@goods_only
def board(request: HttpRequest) -> HttpResponse:
    """Cards of goods flagged in WAPRO and not published, newest first, each with what it lacks and who works on it."""
    asked = Asked.of(request.GET)
    products, counts = found(asked, request.user)
    page = Paginator(products, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(with_cards(products.filter(pk__in=[product.pk for product in page])))
    proposed = proposals(product.erp_category for product in shown if product.lacks_category)
    context = {
        "page": page,
        "cards": [(product, lacks_of(product), proposed.get(product.erp_category)) for product in shown],
        "asked": asked,
        "counts": [(code, words, counts[code]) for code, words in ({READY: _("ready to publish")} | CHECKS).items()],
        "workers": WORKERS,
    }
    return render(request, "intake/board.html", context)


@goods_only
def product(request: HttpRequest, pk: int) -> HttpResponse:
    """One product: WAPRO's facts, what staff adds, and the button that publishes."""
    seen = get_object_or_404(_products(), pk=pk)
    form = ProductForm(request.POST or None, request.FILES or None, product=seen)
    if request.method == "POST" and form.is_valid():
        try:
            return _saved(request, pk, form)
        except (Held, Unfit) as refusal:
            form.add_error(None, str(refusal))
    work = Work.objects.select_related("user").filter(product=seen).first()
    context = {
        "product": seen,
        "form": form,
        "mark": content_mark(seen),
        "lacks": lacks_of(seen),
        "work": work,
        "links": links_of(seen),
        "link_form": LinkForm(product=seen),
        "is_mine": work is not None and work.user_id == request.user.pk,
        "proposed": proposals([seen.erp_category]).get(seen.erp_category) if seen.lacks_category else None,
    }
    return render(request, "intake/product.html", context)


def _saved(request: HttpRequest, pk: int, form: ProductForm) -> HttpResponse:
    """Saves what the page says, then publishes or withdraws when it says so. Raises Held, Unfit: nothing is saved."""
    author, action = request.user.email, request.POST.get("action", "save")
    with transaction.atomic():
        fresh = locked(pk)
        refuse_if_held(fresh, request.user)
        if request.POST.get("mark") not in ("", None, content_mark(fresh)):
            raise Unfit(_changed_meanwhile(fresh))
        apply(fresh, form.content, author)
        gallery.follow(fresh, request.POST, author)
        for photo in form.cleaned_data["photo"]:
            put_photo(fresh, photo.name, photo.read(), author)
        for attachment in fresh.attachments.filter(pk__in=numbers(request.POST.getlist("detach"))):
            detach(attachment, author)
        for file in form.cleaned_data["attachment"]:
            attach(fresh, file, author)
        if action == "withdraw":
            withdraw(fresh, author)
    return _published(request, fresh) if action == "publish" else _said(request, fresh, _("Saved."))


def _published(request: HttpRequest, fresh: Any) -> HttpResponse:
    try:
        publish(fresh, request.user.email, request.POST.get("reason", ""))
    except NotReady as refusal:
        messages.error(request, _("Saved, but not published: it still lacks %(what)s.") % {"what": refusal})
        return redirect("intake:product", pk=fresh.pk)
    messages.success(request, _("%(product)s is published: buyers see it now.") % {"product": fresh.title})
    return redirect("intake:board")


def _said(request: HttpRequest, fresh: Any, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("intake:product", pk=fresh.pk)


def _changed_meanwhile(product: Any) -> str:
    last = Change.objects.filter(kind="product", object_id=product.pk, origin="staff").first()
    text = _(
        "%(who)s changed this product after you opened the page. Nothing of yours is saved yet: "
        "look at the history below, then save again if yours is to stand."
    )
    return text % {"who": last.author if last else _("Somebody")}


def _products() -> QuerySet:
    products = checked(get_model("catalogue", "Product").objects.select_related("product_class"))
    return products.prefetch_related("images", "level_prices", "stockrecords", "attachments")
