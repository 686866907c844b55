"""What staff does with goods on the board, one by one or many at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from oscar.core.loading import get_model

from wiadukt.shop.accounts.staff import goods_only
from wiadukt.shop.intake.board import Asked, found, numbers
from wiadukt.shop.intake.categories import proposals, waiting
from wiadukt.shop.intake.checks import checked, lacks_of
from wiadukt.shop.intake.content import Content, apply, content_of, target_of
from wiadukt.shop.intake.publish import NotReady, publish
from wiadukt.shop.intake.work import Held, locked, refuse_if_held, release, take

MOST = 500


@goods_only
@require_POST
def work(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Takes a product, takes it over, or gives it back."""
    product = get_object_or_404(get_model("catalogue", "Product"), pk=pk)
    if what == "release":
        release(product.pk, request.user)
    elif what in ("take", "take-over"):
        try:
            take(product.pk, request.user, over=what == "take-over")
        except Held as refusal:
            messages.error(request, str(refusal))
    else:
        raise Http404
    return redirect(_back(request)) if "next" in request.POST else redirect("intake:product", pk=pk)


@goods_only
@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Class, category, description and parameters of a similar product."""
    index = request.POST.get("index", "").replace("\0", "").strip()
    source = get_model("catalogue", "Product").objects.filter(upc__iexact=index).first()
    if source is None or source.pk == pk:
        messages.error(
            request, _("Copy from: there is no other product with the index “%(index)s”.") % {"index": index}
        )
        return redirect("intake:product", pk=pk)
    get_object_or_404(get_model("catalogue", "Product"), pk=pk)
    try:
        with transaction.atomic():
            product = locked(pk)
            refuse_if_held(product, request.user)
            copied = apply(product, content_of(source), request.user.email)
    except Held as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext("Copied from %(source)s: %(n)s field changed.",
                        "Copied from %(source)s: %(n)s fields changed.", len(copied))  # fmt: skip
        messages.success(request, text % {"source": source.upc, "n": len(copied)})
    return redirect("intake:product", pk=pk)


@goods_only
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """The same with all that are ticked, or with all that the list shows; publishing is looked at first."""
    picked = _picked(request)
    what = request.POST.get("what", "")
    if not picked.exists():
        messages.error(request, _("Tick some goods first."))
    elif what in _EACH:
        _do_each(request, picked, _EACH[what])
    elif what == "publish":
        return _preview(request, picked)
    return redirect(_back(request))


@goods_only
@require_POST
def publish_many(request: HttpRequest) -> HttpResponse:
    """Publishes what the preview showed: what is ready, and with a reason what is not. Each by itself."""
    reason = request.POST.get("reason", "").strip()
    published, left = 0, 0
    for product in _picked(request):
        try:
            with transaction.atomic():
                refuse_if_held(locked(product.pk), request.user)
                publish(product, request.user.email, reason)
            published += 1
        except (NotReady, Held):
            left += 1
    text = ngettext("%(n)s product is published.", "%(n)s products are published.", published)
    messages.success(request, text % {"n": published})
    if left:
        text = ngettext("%(n)s stays here: it lacks something or somebody works on it.",
                        "%(n)s stay here: they lack something or somebody works on them.", left)  # fmt: skip
        messages.warning(request, text % {"n": left})
    return redirect("intake:board")


def _preview(request: HttpRequest, picked: QuerySet) -> HttpResponse:
    products = list(checked(picked).select_related("work__user", "product_class").order_by("title"))
    rows = [(product, lacks_of(product), _held(product, request.user), target_of(product)) for product in products]
    ready = sum(not lacks and not held for _product, lacks, held, _target in rows)
    lacking = sum(bool(lacks) and not held for _product, lacks, held, _target in rows)
    context = {"rows": rows, "ready": ready, "lacking": lacking, "back": _back(request)}
    return render(request, "intake/publish_many.html", context)


def _held(product: Any, user: Any) -> Any:
    found = getattr(product, "work", None)
    return found if found is not None and found.user_id != user.pk else None


def _picked(request: HttpRequest) -> QuerySet:
    """What is ticked; with `all` what the list shows, whatever page."""
    if "all" in request.POST:
        products, _counts = found(Asked.of(request.POST), request.user)
        keys = list(products.values_list("pk", flat=True)[:MOST])
    else:
        keys = numbers(request.POST.getlist("picked"))[:MOST]
    return waiting().filter(pk__in=keys)


def _do_each(request: HttpRequest, picked: QuerySet, deed: Callable[[Any, Any], bool]) -> None:
    done, held = 0, 0
    for product in picked.order_by("pk"):
        try:
            done += deed(product, request.user)
        except Held:
            held += 1
    text = ngettext("%(n)s product changed.", "%(n)s products changed.", done)
    messages.success(request, text % {"n": done})
    if held:
        text = ngettext("%(n)s is somebody else's.", "%(n)s are somebody else's.", held)
        messages.warning(request, text % {"n": held})


def _take(product: Any, user: Any) -> bool:
    return bool(take(product.pk, user))


def _release(product: Any, user: Any) -> bool:
    return release(product.pk, user)


@transaction.atomic
def _propose(product: Any, user: Any) -> bool:
    """Gives it the proposed category, when it has none."""
    fresh = locked(product.pk)
    refuse_if_held(fresh, user)
    proposed = None if target_of(fresh) else proposals([fresh.erp_category]).get(fresh.erp_category)
    return proposed is not None and bool(apply(fresh, Content(category=proposed), user.email))


_EACH: dict[str, Callable[[Any, Any], bool]] = {"take": _take, "release": _release, "propose": _propose}


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if is_ours else reverse("intake:board")
