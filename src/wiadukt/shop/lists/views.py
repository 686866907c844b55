"""Lists of goods of a buyer's branches: kept, filled from the listing and the product's page, put into the basket."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from oscar.core.loading import get_model

from wiadukt.shop.addresses.views import members_only
from wiadukt.shop.lists.access import lists_of, may_end
from wiadukt.shop.lists.forms import ChooseForm, ListForm
from wiadukt.shop.lists.models import GoodsList, ListedProduct
from wiadukt.shop.ordering.forms import QuantityForm
from wiadukt.shop.organisations.models import Member


@members_only
def listed(request: HttpRequest, member: Member) -> HttpResponse:
    """All lists of one's branches, and a form for a new one."""
    form = ListForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        form.instance.made_by = member
        return redirect("lists:detail", pk=form.save().pk)
    sold = Count("products", filter=Q(products__product__is_public=True))
    return render(request, "lists/lists.html", {"lists": lists_of(member).annotate(n=sold), "form": form})


@members_only
def detail(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """The goods of a list with today's prices and stock; what is not sold any more is only counted."""
    found = get_object_or_404(lists_of(member), pk=pk)
    rows = list(_sold(found))
    context = {
        "goods_list": found,
        "rows": [(row, request.strategy.fetch_for_product(row.product)) for row in rows],
        "unsold": found.products.count() - len(rows),
        "may_end": may_end(member, found),
    }
    return render(request, "lists/list.html", context)


def _sold(goods_list: GoodsList) -> Any:
    rows = goods_list.products.filter(product__is_public=True).select_related("product__product_class__size_rule")
    return rows.prefetch_related(
        *(f"product__{name}" for name in ("stockrecords__partner", "level_prices", "group_prices"))
    )


@require_POST
@members_only
def delete(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    found = get_object_or_404(lists_of(member), pk=pk)
    if not may_end(member, found):
        raise PermissionDenied
    found.delete()
    messages.success(request, _("List %(name)s is deleted.") % {"name": found.name})
    return redirect("lists:list")


@require_POST
@members_only
def change(request: HttpRequest, member: Member, pk: int, product_id: int) -> HttpResponse:
    """How many of a product go with the list; 0 takes it from the list."""
    row = get_object_or_404(ListedProduct, goods_list__in=lists_of(member), goods_list=pk, product=product_id)
    form = QuantityForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Quantity: write a number, e.g. 5 or 2.5; 0 takes the line out."))
    elif form.cleaned_data["quantity"]:
        row.quantity = form.cleaned_data["quantity"]
        row.save()
    else:
        row.delete()
    return redirect("lists:detail", pk=pk)


@members_only
def choose(request: HttpRequest, member: Member, product_id: int) -> HttpResponse:
    """On which lists a product stands, also on a new one; to htmx the form alone, for a dialog."""
    product = get_object_or_404(get_model("catalogue", "Product").objects.browsable(), pk=product_id)
    on = lists_of(member).filter(products__product=product)
    form = ChooseForm(
        request.POST if request.method == "POST" else None, member=member, initial={"lists": [one.pk for one in on]}
    )
    # A name makes a new list; without one nobody wants any.
    wants_new = bool(request.POST.get("name", "").strip())
    new = ListForm(request.POST if wants_new else None, member=member, use_required_attribute=False)
    if request.method == "POST" and form.is_valid() and (not wants_new or new.is_valid()):
        with transaction.atomic():
            chosen = set(form.cleaned_data["lists"])
            if wants_new:
                new.instance.made_by = member
                chosen.add(new.save())
            _stand_on(product, chosen, member)
        messages.success(request, _("%(product)s: the lists are saved.") % {"product": product.title})
        return redirect(_back(request, product))
    context = {"product": product, "form": form, "new": new, "next": request.GET.get("next", "")}
    return render(request, "lists/_choose.html" if request.htmx else "lists/choose.html", context)


def _stand_on(product: Any, chosen: set[GoodsList], member: Member) -> None:
    """On those of the member's lists and on no other of them; quantities stay as they were."""
    ListedProduct.objects.filter(goods_list__in=lists_of(member), product=product).exclude(
        goods_list__in=chosen
    ).delete()
    for goods_list in chosen:
        ListedProduct.objects.get_or_create(goods_list=goods_list, product=product)


def _back(request: HttpRequest, product: Any) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if wanted and is_ours else str(product.get_absolute_url())


@require_POST
@members_only
def to_basket(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """What can be ordered of a list goes to the basket; of the rest it is said why not."""
    found = get_object_or_404(lists_of(member), pk=pk)
    added = sum(_put(request, row) for row in _sold(found))
    if added:
        text = ngettext("%(n)d line is in the basket.", "%(n)d lines are in the basket.", added)
        messages.success(request, text % {"n": added})
    return redirect("basket:summary")


def _put(request: HttpRequest, row: ListedProduct) -> bool:
    product = row.product
    already = sum(line.quantity for line in request.basket.all_lines() if line.product_id == product.pk)
    info = request.strategy.fetch_for_sizes(product, {})
    allowed, why = info.availability.is_purchase_permitted(already + row.quantity)
    if allowed:
        request.basket.add_product(product, row.quantity)
    else:
        messages.error(request, _("%(product)s: %(why)s") % {"product": product.title, "why": why})
    return bool(allowed)
